#!/usr/bin/env bash
# What the action does: check, plan, diff and reach in one comment, which a later run writes anew; and a SARIF report.
set -uo pipefail

netloom() {
  if [ -n "${NETLOOM_BIN:-}" ]; then command "$NETLOOM_BIN" "$@"; else npx --yes "netloom@$NETLOOM_VERSION" "$@"; fi
}

mark='<!-- netloom -->'
comment=$(mktemp)
part=$(mktemp)
cluster=()
[ -n "${NETLOOM_CLUSTER:-}" ] && cluster=(--cluster "$NETLOOM_CLUSTER")

section() {
  [ -s "$part" ] || return 0
  {
    printf '\n<details><summary>%s</summary>\n\n' "$1"
    cat "$part"
    printf '\n</details>\n'
  } >> "$comment"
}

echo "$mark" > "$comment"
# Nothing of a pull request is run: no app, only files.
netloom check --no-app --fail-on "$NETLOOM_FAIL_ON" -o github \
  --output-file "markdown=$part" --output-file "sarif=$NETLOOM_SARIF" -- "$NETLOOM_PATH"
result=$?
cat "$part" >> "$comment"

if [ -n "${NETLOOM_FLEET:-}" ]; then
  netloom plan --no-frozen -o markdown -- "$NETLOOM_FLEET" > "$part" || result=$(( result > 0 ? result : 1 ))
  section 'Address plan'
fi
if [ -n "${NETLOOM_BASE:-}" ] && git fetch --quiet --depth 1 origin "$NETLOOM_BASE" 2> /dev/null; then
  netloom diff "${cluster[@]}" -o markdown -- "$NETLOOM_BASE:${NETLOOM_PATH#.}" "$NETLOOM_PATH" > "$part" || true
  section 'What changes'
fi
netloom reach --no-app "${cluster[@]}" -o markdown -- "$NETLOOM_PATH" > "$part" || true
section 'Who reaches whom'

# GitHub takes 65536 characters.
if [ "$(wc -c < "$comment")" -gt 60000 ]; then
  head -c 60000 "$comment" > "$part"
  printf '\n\n… the rest is in the job.\n' >> "$part"
  mv "$part" "$comment"
fi
cat "$comment" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"

if [ "$NETLOOM_COMMENT" = true ] && [ -n "${NETLOOM_PULL_REQUEST:-}" ]; then
  comments="repos/$GITHUB_REPOSITORY/issues/$NETLOOM_PULL_REQUEST/comments"
  earlier=$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1)
  if [ -n "$earlier" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$earlier" -F "body=@$comment"
  else
    gh api --silent --method POST "$comments" -F "body=@$comment"
  fi || echo '::warning::netloom: the comment could not be written; it needs the permission pull-requests: write'
fi
exit "$result"
