import type { AllowedSource } from '../allowlist/allowed-source';
import type { IntegrationUserProps } from '../users/database-user-props';

/** What one outside tool, partner or team gets of an endpoint. */
export interface IntegrationProps {
  /**
   * From where it connects, in addition to everything else that the endpoint admits. A source may be that of other
   * integrations as well: it then has one rule, which says whose it is. Rules without a description say the id of the
   * integration.
   *
   * An empty list is refused.
   */
  readonly allow: AllowedSource[];

  /**
   * The login of its own that it gets in the database. Its name, if none is given, is the id of the integration:
   * `LookerStudio` becomes `looker_studio`.
   *
   * @default it gets none, and logs in with what somebody gives it
   */
  readonly user?: IntegrationUserProps;
}
