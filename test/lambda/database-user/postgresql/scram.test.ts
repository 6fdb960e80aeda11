import { scramVerifier } from '../../../../lambda/database-user/postgresql/scram';

test('a verifier is the one of the example in RFC 7677', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');

  // Its client proof and server signature follow from these two keys.
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('every verifier has a salt of its own', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
});

test.each(['', 'pässword', 'tab\t', 'a\u00a0b'])('what clients would normalize is refused: %j', (password) => {
  expect(() => scramVerifier(password)).toThrow('must be printable ASCII');
});
