#!/usr/bin/env bash
# jq and awk in several processes: raw deliveries to groups.
#   jq_peer.sh groups PROCESSES OUT DIR
set -euo pipefail
export LC_ALL=C
processes=$2 out=$3 folder=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/event.jq" <<'JQ'
.Records[] | .userIdentity as $u | (.requestParameters // {}) as $r | [
  (.recipientAccountId // $u.accountId // ""),
  ($u.sessionContext.sessionIssuer.arn // (
    if (($u.arn // "") | test("^arn:aws:sts::.*:assumed-role/"))
    then "arn:aws:iam::" + ($u.arn | split(":")[4]) + ":role/" + ($u.arn | split("/")[1])
    else ($u.arn // $u.invokedBy // $u.accountId // "unknown") end)),
  .eventName, .eventSource, .awsRegion, .eventTime,
  (.eventID | length), ($u.type // "" | length), (.sourceIPAddress | length), (.userAgent // "" | length), (.errorCode // "" | length),
  (.resources // [] | length), ([.resources // [] | .[] | .ARN | length] | add // 0),
  ($u.accessKeyId // "" | length), ($u.invokedBy // "" | length), (if .readOnly then 1 else 0 end), (.eventType | length),
  ($r.bucketName // "" | length), ($r.name // "" | length), ($r.secretId // "" | length), ($r.roleName // "" | length),
  ($r.userName // "" | length), ($r.roleArn // "" | length), ($r.policyArn // "" | length)] | @tsv
JQ

# Lines of events become groups with their first and last times; lines of groups are merged.
cat >"$scratch/groups.awk" <<'AWK'
{
  key = $1 OFS $2 OFS $3 OFS $4 OFS $5
  if (NF == 24) { n[key]++; low = high = $6; for (i = 7; i <= 24; i++) sums[i] += $i }
  else { n[key] += $6; low = $7; high = $8 }
  if (!(key in first) || low < first[key]) first[key] = low
  if (high > last[key]) last[key] = high
}
END {
  for (key in n) print key, n[key], first[key], last[key]
  if (totals) for (i = 7; i <= 24; i++) printf "%.0f%s", sums[i], i < 24 ? " " : "\n" > totals
}
AWK

find "$folder" -name '*.json.gz' | sort >"$scratch/files"
split -n "r/$processes" "$scratch/files" "$scratch/files."
for list in "$scratch"/files.*; do
  {
    tr '\n' '\0' <"$list" | xargs -0 gzip -dc | jq -r -f "$scratch/event.jq" |
      awk -F '\t' -v OFS='\t' -v totals="$list.totals" -f "$scratch/groups.awk" >"$list.groups"
  } &
done
wait
cat "$scratch"/*.groups | awk -F '\t' -v OFS='\t' -f "$scratch/groups.awk" | sort >"$out"
awk -F '\t' '{ n += $6 } END { printf "%d %.0f ", NR, n }' "$out"
awk '{ for (i = 1; i <= NF; i++) sums[i] += $i } END { for (i = 1; i <= NF; i++) printf "%.0f%s", sums[i], i < NF ? " " : "\n" }' "$scratch"/*.totals
