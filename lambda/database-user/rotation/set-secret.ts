import { asAdmin } from '../as-admin';
import { currentLogin, pendingLogin, type Rotation } from './rotation';

/** Gives the server the pending password, while the current one works on. */
export async function setSecret(rotation: Rotation): Promise<void> {
  const { user } = rotation.surroundings;
  const [current, pending] = [await currentLogin(rotation), await pendingLogin(rotation)];
  await asAdmin(rotation.surroundings, async (server) => {
    const keepOld = (await server.rotation()) === 'dual-password';
    if (keepOld && pending.username === current.username) {
      // The server keeps the password in use as the old one. After a rotation that was given up, that is a password
      // which nobody ever got, and the current one would be lost.
      await server.setPassword(user, current.username, current.password, { keepOld });
    } else if (pending.username === current.username) {
      throw new Error('the pending version is about the login in use: its only password must not be changed');
    }
    await server.setPassword(user, pending.username, pending.password, { keepOld });
  });
}
