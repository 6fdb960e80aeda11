#!/bin/sh
# Runs a command on a machine's worth of its own: a network without a way out, on which every address is local, its own
# processes, and its own resolver, trust store and SSH settings. All of it is gone when the command ends.
set -eu

if [ "${TRAFFIC_ISOLATED:-}" != yes ]; then
  if [ "$(id -u)" != 0 ] || ! unshare --net --mount --pid --fork true 2>/dev/null; then
    TRAFFIC_MISSING='network namespaces need root: sudo npm run test:traffic' exec "$@"
  fi
  TRAFFIC_ISOLATED=yes exec unshare --net --mount --pid --fork --kill-child --mount-proc sh "$0" "$@"
fi

unset NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE REQUESTS_CA_BUNDLE
ip link set lo up
# Clients come from everywhere, load balancers and databases are where AWS says: all of that is this machine.
ip route add local 0.0.0.0/1 dev lo
ip route add local 128.0.0.0/1 dev lo
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
mkdir -p /run/netns /run/sshd
for folder in /run/netns /run/sshd /etc/ssh /etc/ssl/certs; do mount -t tmpfs -o mode=755 tmpfs "$folder"; done
echo 'nameserver 198.51.100.53' > /etc/ssl/certs/resolv.conf
mount --bind /etc/ssl/certs/resolv.conf /etc/resolv.conf
"$@"
