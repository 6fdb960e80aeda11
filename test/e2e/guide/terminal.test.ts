import { runInTerminal } from './terminal';

test('a command reaches names of its own, and is typed to', async () => {
  const { exitCode, screen } = await runInTerminal(
    'getent hosts db.example.test; stty -echo; read x; echo "got $x"; exit 3',
    {
      hosts: { 'db.example.test': '127.0.0.2' },
      typed: [[/127\.0\.0\.2/, 'a word']],
    },
  );

  expect(screen).toMatch(/got a word/);
  expect(exitCode).toBe(3);
});
