import type { Dialect } from '../engine/catalogue';
import type { Rule } from '../rules/rule';
import { isUnresolved } from '../tokens/unresolved';
import { KINDS_OF_FACTORY, MEANINGS, nameOf, rdsNameOf } from './followed-name';
import type { TargetSettings } from './target-settings';

const RDS_NAMES = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html';

/** What RDS Proxy speaks. */
const PROXIED: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlserver'];

/** Validation rules for the names of managed databases. */
export const FOLLOWED_NAME_RULES: readonly Rule<TargetSettings>[] = [
  {
    name: 'RdsIdentifierInvalid',
    because: 'RDS stores identifiers in lowercase and uses them in its events: up to 63 letters, digits and hyphens.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html',
    check: ({ target }) => {
      const identifier = target._name?.identifier;
      return identifier === undefined || isUnresolved(identifier) || /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/.test(identifier)
        ? undefined
        : {
            property: 'target.identifier',
            value: identifier,
            reason: 'is not the identifier of an RDS database',
            remedy: 'Write it as RDS shows it, like orders-production: not an ARN or a DNS name, and in lowercase.',
          };
    },
  },
  {
    name: 'RdsNameOfOther',
    because: 'The DNS name of an RDS database begins with its identifier.',
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const rds = rdsNameOf(name);
      if (name?.identifier === undefined || rds === undefined || isUnresolved(name.identifier)) return undefined;
      // The name of a custom endpoint begins with a name of its own, and what is of another kind is refused as such.
      return ['member', 'writer', 'readers'].includes(rds.kind) && rds.id !== name.identifier
        ? {
            property: name.property,
            value: name.hostname,
            reason: `is the name of '${rds.id}', but the identifier is '${name.identifier}'`,
            remedy: 'Use the name and identifier of the same database, or its failover would go unnoticed.',
          }
        : undefined;
    },
  },
  {
    name: 'RdsNameOfOtherKind',
    because:
      "When a cluster fails over, only the cluster's name changes its address; an instance's name does not, and a proxy's does not need to.",
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const rds = rdsNameOf(name);
      if (name === undefined || rds === undefined || name.kind === 'hostname') return undefined;
      return KINDS_OF_FACTORY[name.kind].includes(rds.kind)
        ? undefined
        : {
            property: name.property,
            value: name.hostname,
            reason: `is the name of ${MEANINGS[rds.kind].names}`,
            remedy: MEANINGS[rds.kind].remedy,
          };
    },
  },
  {
    name: 'RdsProxyEngineUnsupported',
    because: 'RDS Proxy supports the protocols of MySQL, MariaDB, PostgreSQL and SQL Server.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.RDS_Proxy.html',
    check: ({ engine, target: { _name: name } }) => {
      const isProxy = name?.kind === 'rdsProxy' || rdsNameOf(name)?.kind === 'proxy';
      return !isProxy || engine._dialect === undefined || PROXIED.includes(engine._dialect)
        ? undefined
        : {
            property: 'engine',
            value: engine.name,
            reason: 'is not supported by RDS Proxy',
            remedy: 'Follow the database by its own name, for example with DatabaseTarget.rdsInstance(...).',
          };
    },
  },
  {
    name: 'TargetRoleMismatch',
    because: 'The answers of a reader name rotate: for a writer, each answer would displace the previous one.',
    see: RDS_NAMES,
    check: ({ target: { _name: name } }) => {
      const managed = nameOf(name);
      if (name === undefined || managed === undefined) return undefined;
      // A name of another kind is refused as such.
      if (
        managed.service === 'rds' &&
        name.kind !== 'hostname' &&
        !KINDS_OF_FACTORY[name.kind].includes(managed.kind)
      ) {
        return undefined;
      }
      const [role, meant] = MEANINGS[managed.kind].role ?? [];
      return role === undefined || name.role === role
        ? undefined
        : {
            property: 'target.role',
            value: name.role,
            reason: `does not fit ${name.hostname}, which stands for ${meant}`,
            remedy: `Write DatabaseRole.${role.toUpperCase()}, or the name of the cluster's other endpoint.`,
          };
    },
  },
  {
    name: 'BrokerPairUnsupported',
    because:
      'Only one broker of an active/standby pair accepts connections, and its name does not move when the other one takes over.',
    see: 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/active-standby-broker-deployment.html',
    check: ({ target: { _name: name } }) =>
      name !== undefined && nameOf(name)?.kind === 'second'
        ? {
            property: name.property,
            value: name.hostname,
            reason: 'is one broker of an active/standby pair, and DNS does not show which one is active',
            remedy:
              'Use a single-instance broker or a RabbitMQ cluster, which have one name, or let clients connect to the pair without an endpoint.',
          }
        : undefined,
  },
];
