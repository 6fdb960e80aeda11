#!/usr/bin/env bash
# What the pipeline does, for every CI system and for a terminal:
#
#   pipeline.sh check    synthesizes, shows the warnings and validates; needs no credentials, and reads no state
#   pipeline.sh exposure shows who gains and who loses access since another commit; needs no credentials
#   pipeline.sh plan     shows what a deployment would change; fails only where the plan does
#   pipeline.sh deploy   applies exactly the plan that it made and showed
#   pipeline.sh drift    exits with 0 where everything that Terraform made is as the code says, with 2 where it is not,
#                        with 1 on errors. What was added by hand beside it is not seen.
#   pipeline.sh lock     notes the checksums of the providers, to be committed; every other verb holds providers to them
#
# CDKTF_APP         the command that synthesizes. STATE_BUCKET, VPC_ID, SUBNET_IDS, ENVIRONMENT: see main.ts.
# DATABASE_ENDPOINT exposure: the command `database-endpoint`, which the library installs
# BASE_REF          exposure: the commit to compare with, by default the one at which this branch left origin/main
# FAIL_ON           exposure: public, gained, weakened or any, with commas between them; if it is found, exits with 1
# FAIL_ON_WARNINGS  any text: warnings are errors, and nothing is planned or applied
# OUT               check: a folder that keeps what was synthesized
#                   exposure: a folder that gets exposure.md, a comment for a pull request, and .json, .sarif and .xml (JUnit)
# LOCKS             the folder of the checksums, one file for each stack: locks beside this script
# PLATFORMS         lock: where the pipeline runs, and everybody who runs it by hand
# LOCK_OPTIONS      lock: further options of `terraform providers lock`, such as -fs-mirror=FOLDER
set -euo pipefail

verb=${1:-}
case $verb in
  check | exposure | plan | deploy | drift | lock) ;;
  *) echo "usage: $0 check|exposure|plan|deploy|drift|lock" >&2; exit 64 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
locks=${LOCKS:-"$here/locks"}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export CI=true TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

if [ "$verb" = exposure ]; then
  # Each commit runs its own app, so the app is named by its place within the repository.
  main=$(git -C "$here" rev-parse --show-prefix)main.ts
  cd "$(git -C "$here" rev-parse --show-toplevel)"
  set -- --base-ref "${BASE_REF:-$(git merge-base origin/main HEAD)}" \
    --synth-command "${CDKTF_APP:-"npx ts-node -r tsconfig-paths/register '$main'"}" --mask-ids
  [ -z "${FAIL_ON:-}" ] || set -- "$@" --fail-on "$FAIL_ON"
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || set -- "$@" --summary
  if [ -n "${OUT:-}" ]; then
    mkdir -p "$OUT"
    set -- "$@" --output "markdown=$OUT/exposure.md" --output "json=$OUT/exposure.json" \
      --output "sarif=$OUT/exposure.sarif" --output "junit=$OUT/exposure.xml"
  fi
  # shellcheck disable=SC2086 # several words
  ${DATABASE_ENDPOINT:-npx --no-install database-endpoint} exposure diff "$@"
  exit
fi

# The app itself, without the CLI around it: one process less, and its exit code is that of the mistake. The CLI is
# also what shows warnings, so they are shown here, those of other constructs too.
app=${CDKTF_APP:-"npx ts-node -r tsconfig-paths/register '$here/main.ts'"}
CDKTF_OUTDIR=$out DATABASE_ENDPOINT_WARNINGS=quiet sh -c "$app"

node -e '
const { stacks } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
const warnings = Object.values(stacks)
  .flatMap(({ annotations = [] }) => annotations)
  .filter(({ level }) => level === "@cdktf/warn")
  // One line each: what a file of somebody else says must not look like a line of this script or of the CI system.
  .map(({ constructPath, message }) => `WARN [${constructPath}]: ${message}`.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?"));
for (const warning of warnings) console.log(warning);
if (warnings.length > 0 && process.env.FAIL_ON_WARNINGS) {
  console.error(`${warnings.length} warnings, and FAIL_ON_WARNINGS is set`);
  process.exitCode = 1;
}
' "$out/manifest.json"

if [ "$verb" = check ] && [ -n "${OUT:-}" ]; then
  mkdir -p "$OUT"
  cp -R "$out/." "$OUT"
fi

# Providers that have another checksum than the committed one are not run.
init() {
  if [ ! -f "$locks/$name.terraform.lock.hcl" ]; then
    echo "$locks/$name.terraform.lock.hcl is missing. Run '$0 lock', and commit what it writes." >&2
    exit 1
  fi
  cp "$locks/$name.terraform.lock.hcl" "$stack/.terraform.lock.hcl"
  terraform -chdir="$stack" init -no-color -lockfile=readonly "$@" > "$out/init.log" 2>&1 || { cat "$out/init.log"; exit 1; }
}

drifted=0
for stack in "$out"/stacks/*; do
  name=$(basename "$stack")
  echo "=== $verb $name"

  if [ "$verb" = lock ]; then
    mkdir -p "$locks"
    [ ! -f "$locks/$name.terraform.lock.hcl" ] || cp "$locks/$name.terraform.lock.hcl" "$stack/.terraform.lock.hcl"
    # shellcheck disable=SC2046,SC2086 # several words each
    terraform -chdir="$stack" providers lock ${LOCK_OPTIONS:-} \
      $(printf -- '-platform=%s ' ${PLATFORMS:-linux_amd64 linux_arm64 darwin_arm64})
    cp "$stack/.terraform.lock.hcl" "$locks/$name.terraform.lock.hcl"
    continue
  fi

  if [ "$verb" = check ]; then
    init -backend=false
    terraform -chdir="$stack" validate -no-color
    continue
  fi

  init
  changes=0
  terraform -chdir="$stack" plan -no-color -lock-timeout=5m -detailed-exitcode -out="$out/plan" || changes=$?
  [ "$changes" = 0 ] || [ "$changes" = 2 ] || exit "$changes"

  [ "$changes" = 0 ] || drifted=2
  if [ "$verb" = deploy ] && [ "$changes" = 2 ]; then
    # Many at once: the provider waits about a minute for each load balancer, and these waits cost nothing.
    terraform -chdir="$stack" apply -no-color -lock-timeout=5m -parallelism=30 "$out/plan"
  fi
done

if [ "$verb" = drift ]; then
  echo "NOT CHECKED: what was added by hand beside Terraform's own resources, such as further rules of a security group."
  echo "Terraform compares only what it made. 'aws ec2 describe-security-group-rules' lists all rules of a group."
  exit "$drifted"
fi
