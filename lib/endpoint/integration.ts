import { Construct } from 'constructs';
import type { IDatabaseEndpoint } from '../users/database-endpoint-interface';
import { DatabaseUser } from '../users/database-user';
import type { IntegrationUserProps } from '../users/database-user-props';
import { userNameFor } from '../users/user-name';

/** What one outside tool, partner or team has of an endpoint, as `addIntegration` makes it. */
export class Integration extends Construct {
  /** @internal */
  public static _of(endpoint: IDatabaseEndpoint, id: string, user: IntegrationUserProps | undefined): Integration {
    // The name of the class here would make a bundler rename it.
    return new this(endpoint, id, user);
  }

  /** Its login in the database, if it has one of its own. */
  public readonly user?: DatabaseUser;

  private constructor(endpoint: IDatabaseEndpoint, id: string, user: IntegrationUserProps | undefined) {
    super(endpoint, id);
    if (user)
      this.user = new DatabaseUser(this, 'User', { ...user, userName: user.userName ?? userNameFor(id), endpoint });
  }
}
