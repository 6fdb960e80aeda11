import { testCertificate } from '../support/certificates';
import { byEndpoint } from './fixtures/fleet';
import { useFrontedLab } from './fixtures/fronted-lab';
import { type NamedSite, namedEndpoints } from './fixtures/named-endpoints';
import { createZone } from './fixtures/zone';
import { createVpc, describeWithTools, type Workspace } from './harness';

// The steps build on each other: the waits of the AWS provider make each apply a matter of minutes.
describeWithTools(['terraform', 'provider', 'emulator'], 'endpoints with names and certificates', () => {
  const { lab, front } = useFrontedLab();

  let site: NamedSite;
  let workspace: Workspace;
  const resourcesOf = async (prefix: string) =>
    Object.entries(await workspace.resources()).filter(([address]) => address.startsWith(prefix));
  const one = async (prefix: string) => {
    const found = await resourcesOf(prefix);
    expect(found).toHaveLength(1);
    return found[0]?.[1] ?? {};
  };

  beforeAll(async () => {
    const { emulator } = lab();
    site = {
      vpc: await createVpc(emulator),
      zoneId: await createZone(emulator, 'db.example.com'),
      privateZoneId: await createZone(emulator, 'example.com'),
      imported: testCertificate({ names: ['imported.db.example.com'] }),
      renewed: testCertificate({ names: ['imported.db.example.com'] }),
    };
    workspace = lab().workspace(namedEndpoints(site));
    await workspace.apply();
  });

  it('need nothing more after their first apply', async () => {
    expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
  });

  it('have their name in the public and in the private zone, for both families', async () => {
    const { dns_name, zone_id } = await one('aws_lb.Sessions_');
    const names = [
      ['AliasIpv4', 'A', site.zoneId],
      ['AliasIpv6', 'AAAA', site.zoneId],
      ['PrivateAliasIpv4', 'A', site.privateZoneId],
      ['PrivateAliasIpv6', 'AAAA', site.privateZoneId],
    ];

    for (const [id, type, zone] of names) {
      expect(await one(`aws_route53_record.Sessions_${id}_`)).toMatchObject({
        fqdn: 'sessions.db.example.com',
        type,
        zone_id: zone,
        alias: [{ name: dns_name, zone_id, evaluate_target_health: true }],
      });
    }
  });

  it('are validated by one record for a name and the wildcard on it', async () => {
    const records = await resourcesOf('aws_route53_record.Sessions_CertificateValidationRecords_');

    expect(records.map(([address]) => address.replace(/.*\[/, '['))).toEqual(['["sessions.db.example.com"]']);
    expect(records[0]?.[1]).toMatchObject({
      fqdn: expect.stringMatching(/^_\w+\.sessions\.db\.example\.com$/),
      type: 'CNAME',
      records: [expect.stringMatching(/\.acm-validations\.aws\.$/)],
    });
  });

  it('show the validated certificate, and keep others beside it', async () => {
    const validated = await one('aws_acm_certificate_validation.Queue_CertificateValidation_');
    const rsa = await one('aws_acm_certificate.Queue_AdditionalCertificate-RSA_2048_');
    const wildcard = await one('aws_acm_certificate.Wildcard_Certificate_');
    const additional = await resourcesOf('aws_lb_listener_certificate.Queue_AdditionalCertificates_');

    expect(await one('aws_lb_listener.Queue_')).toMatchObject({
      protocol: 'TLS',
      certificate_arn: validated['certificate_arn'],
    });
    expect(additional.map(([, { certificate_arn }]) => certificate_arn).sort()).toEqual(
      [rsa['arn'], wildcard['arn']].sort(),
    );
    expect(rsa['key_algorithm']).toBe('RSA_2048');
  });

  describe('where every certificate is exchanged', () => {
    let planned: Readonly<Record<string, string[]>> = {};
    let before: Readonly<Record<string, string>> = {};
    let callsBefore = 0;
    let loadBalancers: unknown;
    const certificates = async () =>
      Object.fromEntries(
        (await resourcesOf('aws_acm_certificate.')).map(([address, { arn }]) => [
          address.replace(/^aws_acm_certificate\.(\w+?)_([\w-]+)_\w+$/, '$1 $2'),
          `${arn}`,
        ]),
      );

    beforeAll(async () => {
      before = await certificates();
      loadBalancers = await resourcesOf('aws_lb.');
      callsBefore = front().calls.length;
      workspace.configure(namedEndpoints(site, true));
      const plan = await workspace.plan();
      planned = byEndpoint(plan.actions);
      await workspace.applyPlan(plan);
    });

    it('the successor comes first, and the records that are there already stay', () => {
      expect(planned).toEqual({
        Sessions: [
          'create aws_route53_record.CertificateValidationRecords["cache.db.example.com"]',
          'replace(create-before-destroy) aws_acm_certificate.Certificate: subject_alternative_names',
          'replace(destroy-before-create) aws_acm_certificate_validation.CertificateValidation: certificate_arn, validation_record_fqdns',
          'update aws_lb_listener.Listener: certificate_arn',
          'update aws_route53_record.CertificateValidationRecords["sessions.db.example.com"]: records',
        ],
        Queue: [
          'replace(create-before-destroy) aws_acm_certificate.Certificate: key_algorithm',
          'replace(destroy-before-create) aws_acm_certificate_validation.CertificateValidation: certificate_arn',
          'update aws_lb_listener.Listener: certificate_arn',
        ],
        Mover: [
          'delete aws_acm_certificate.Certificate',
          'delete aws_acm_certificate_validation.CertificateValidation',
          'delete aws_route53_record.CertificateValidationRecords["mover.db.example.com"]',
          'update aws_lb_listener.Listener: certificate_arn',
        ],
        Imported: ['update aws_acm_certificate.ImportedCertificate-EC_prime256v1: certificate_body, private_key'],
      });
    });

    it.each(['Sessions', 'Queue', 'Mover'])(
      '%s shows another certificate before its old one is deleted',
      async (id) => {
        const { arn, certificate_arn } = await one(`aws_lb_listener.${id}_`);
        const old = before[`${id} Certificate`] ?? '';
        const modified = front().placesOf('ModifyListener', `${arn}`);
        const deleted = front().placesOf('DeleteCertificate', old);

        expect(certificate_arn).not.toBe(old);
        expect([modified.length, deleted.length]).toEqual([1, 1]);
        expect(deleted[0]).toBeGreaterThan(modified[0] ?? Number.POSITIVE_INFINITY);
      },
    );

    it('no load balancer is touched, and none of their names', async () => {
      const calls = front().calls.slice(callsBefore);
      const records = calls.filter(({ about }) => about.includes('rrset'));

      expect(await resourcesOf('aws_lb.')).toEqual(loadBalancers);
      expect(calls.filter(({ action }) => /LoadBalancer|TargetGroup|CreateListener/.test(action))).toEqual([]);
      expect(records.map(({ about }) => about.match(/<Action>(\w+)<.*<Name>_\w+\.(.*?)\.?<\/Name>/)?.slice(1))).toEqual(
        expect.arrayContaining([
          ['CREATE', 'cache.db.example.com'],
          ['DELETE', 'mover.db.example.com'],
        ]),
      );
      expect(records).toHaveLength(2);
    });

    it('a certificate that is imported again keeps its ARN', async () => {
      const id = 'Imported ImportedCertificate-EC_prime256v1';

      expect(before[id]).toMatch(/^arn:aws:acm:/);
      expect((await certificates())[id]).toBe(before[id]);
    });

    it('nothing is left to do', async () => {
      expect(await workspace.plan()).toMatchObject({ actions: [], exitCode: 0 });
    });
  });

  it('leave neither names nor certificates behind', async () => {
    await workspace.destroy();

    for (const id of [site.zoneId, site.privateZoneId]) {
      const zone = await lab().emulator.send('route53', `/2013-04-01/hostedzone/${id}/rrset`, { method: 'GET' });
      expect(zone.all('Type').sort()).toEqual(['NS', 'SOA']);
    }
    const deleted = front().calls.filter(({ action }) => action === 'DeleteCertificate');
    const made = front().calls.filter(({ action, about }) =>
      action === 'ImportCertificate' ? !about.includes('"CertificateArn":"') : action === 'RequestCertificate',
    );
    expect(deleted).toHaveLength(made.length);
  });
});
