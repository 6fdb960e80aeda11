import type { Construct } from 'constructs';
import type { ExposedUser } from '../exposure/exposure';
import { declaredGrants } from './declared-user';
import type { UserSettings } from './user-settings';

/** What the exposure says of a user. */
export function exposedUser(user: Construct, { props, engine, userName = '', auth }: UserSettings): ExposedUser {
  const grants = engine ? declaredGrants(user, props.grants, engine) : [];
  const { database, futureTables = false, rotateEveryDays, validUntil } = props;
  return {
    ...{ user: user.node.path, userName, auth, database, futureTables, rotateEveryDays, validUntil },
    grants: grants as ExposedUser['grants'],
  };
}
