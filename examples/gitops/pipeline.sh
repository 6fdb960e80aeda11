#!/usr/bin/env bash
# What the pipeline does, for every CI system and for a terminal:
#
#   pipeline.sh plan    shows what a deployment would change; fails only where the plan does
#   pipeline.sh deploy  applies exactly the plan that it made and showed
#   pipeline.sh drift   exits with 0 where AWS is as the code says, with 2 where it is not, with 1 on errors
#
# CDKTF_APP is the command that synthesizes. STATE_BUCKET, VPC_ID, SUBNET_IDS, ENVIRONMENT: see main.ts.
set -euo pipefail

verb=${1:-}
case $verb in
  plan | deploy | drift) ;;
  *) echo "usage: $0 plan|deploy|drift" >&2; exit 64 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export CI=true TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

# The app itself, without the CLI around it: one process less, and its exit code is that of the mistake.
app=${CDKTF_APP:-"npx ts-node -r tsconfig-paths/register '$here/main.ts'"}
CDKTF_OUTDIR=$out sh -c "$app"

drifted=0
for stack in "$out"/stacks/*; do
  name=$(basename "$stack")
  echo "=== $verb $name"
  terraform -chdir="$stack" init -no-color > "$out/init.log" 2>&1 || { cat "$out/init.log"; exit 1; }

  changes=0
  terraform -chdir="$stack" plan -no-color -lock-timeout=5m -detailed-exitcode -out="$out/plan" || changes=$?
  [ "$changes" = 0 ] || [ "$changes" = 2 ] || exit "$changes"

  [ "$changes" = 0 ] || drifted=2
  if [ "$verb" = deploy ] && [ "$changes" = 2 ]; then
    # Many at once: the provider waits about a minute for each load balancer, and these waits cost nothing.
    terraform -chdir="$stack" apply -no-color -lock-timeout=5m -parallelism=30 "$out/plan"
  fi
done

[ "$verb" != drift ] || exit "$drifted"
