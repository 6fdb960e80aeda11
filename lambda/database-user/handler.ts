import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { UserDescription } from '../../lib/users/description';
import { SERVICE } from '../../lib/users/metrics';
import { readConfiguration } from './configuration';
import { readTask } from './event';
import { generatePassword } from './password';
import { logAnswer, measured } from './report';
import { run, type Summary } from './run';
import { Secrecy } from './secrecy';
import { createClient, secretsOf } from './secrets';
import { connectTo, logInTo } from './servers';
import type { Surroundings } from './surroundings';

const logger = new Logger({ serviceName: SERVICE });
const secrets = secretsOf(createClient());
/** For as long as the process lives: what an invocation has seen, none after it may say. */
const secrecy = new Secrecy();

/** The Lambda function. */
export async function handler(event: unknown, context: Context): Promise<Summary | UserDescription> {
  logger.addContext(context);
  const task = readTask(event);
  const user = readConfiguration(process.env);
  logger.info('The task begins', { user: user.name, task });
  const surroundings: Surroundings = {
    user,
    secrets,
    secrecy,
    connect: (connection) => connectTo(user.engine, connection),
    login: (connection) => logInTo(user.engine, connection),
    generatePassword,
    newToken: randomUUID,
    now: Date.now,
  };
  const isMeasured = task.kind === 'describe' && task.isMeasured;
  const answer = await (isMeasured ? measured(user.name, () => run(task, surroundings)) : run(task, surroundings));
  logAnswer(logger, answer);
  return answer;
}
