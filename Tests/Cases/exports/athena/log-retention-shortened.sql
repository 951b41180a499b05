-- Retention of a log group shortened (log-retention-shortened)
-- severity high, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for Amazon Athena. The reviewed detection is cloudtrail-config-tamper/log-retention-shortened.md.
-- cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it
-- useridentity.sessioncontext.sourceidentity (string), which that table leaves out.
-- Each statement is compared with the last one before it in the time that is asked about: ask about months, not hours.
WITH events AS (
  SELECT eventname AS event_name,
    eventsource AS event_source,
    eventid AS event_id,
    eventtime AS event_time,
    errorcode AS error_code,
    errormessage AS error_message,
    awsregion AS aws_region,
    sourceipaddress AS source_ipaddress,
    recipientaccountid AS recipient_account_id,
    useridentity.arn AS user_identity_arn,
    useridentity.accountid AS user_identity_account_id,
    useridentity.sessioncontext.sessionissuer.accountid AS session_issuer_account_id,
    try(json_parse(requestparameters)) AS request,
    try(json_parse(responseelements)) AS response
  FROM cloudtrail_logs
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'logs.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'logs.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'PutRetentionPolicy', false)
  OR coalesce(regexp_like(event_name, '^(PutRetentionPolicy)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND NOT (coalesce(json_extract_scalar(response, '$.ConsoleLogin') = 'Failure', false)
  OR (coalesce(json_extract_scalar(response, '$.CheckMfa') = 'Failure', false)
  AND NOT (coalesce(json_format(json_extract(response, '$.ConsoleLogin')) <> 'null', false)))
  OR (coalesce(json_extract_scalar(response, '$.PasswordUpdated') = 'Failure', false)
  AND NOT (coalesce(json_format(json_extract(response, '$.ConsoleLogin')) <> 'null', false))
  AND NOT (coalesce(json_format(json_extract(response, '$.CheckMfa')) <> 'null', false)))
  OR (coalesce(json_extract_scalar(response, '$.SwitchRole') = 'Failure', false)
  AND NOT (coalesce(json_format(json_extract(response, '$.ConsoleLogin')) <> 'null', false))
  AND NOT (coalesce(json_format(json_extract(response, '$.CheckMfa')) <> 'null', false))
  AND NOT (coalesce(json_format(json_extract(response, '$.PasswordUpdated')) <> 'null', false))))
  AND NOT (coalesce(error_code IS NOT NULL, false))
  AND NOT (coalesce(error_message IS NOT NULL, false))
),
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END, 'unknown') AS account_id
  FROM chosen
),
timed AS (SELECT *, CAST(floor(coalesce(try(to_unixtime(from_iso8601_timestamp(event_time))), 0)) AS bigint) AS seconds FROM facts1),
matched AS (
  SELECT event_id, event_time, seconds, CASE WHEN account_id <> '' THEN account_id END AS key1,
    CASE WHEN aws_region <> '' THEN aws_region END AS key2,
    json_extract_scalar(request, '$.logGroupName') AS key3,
    json_extract_scalar(request, '$.retentionInDays') AS value1
  FROM timed
  WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND CASE WHEN aws_region <> '' THEN aws_region END IS NOT NULL AND json_extract_scalar(request, '$.logGroupName') IS NOT NULL
),
compared AS (
  SELECT event_id, event_time, key1, key2, key3, value1 AS now, 1 AS test,
    lag(value1) OVER (PARTITION BY key1, key2, key3 ORDER BY seconds, event_id) AS before
  FROM matched WHERE value1 IS NOT NULL
)
SELECT DISTINCT event_id, event_time, key1, key2, key3
FROM compared
WHERE before IS NOT NULL AND ((test = 1 AND coalesce(CASE WHEN lower(now) = 'true' THEN 1.0 WHEN lower(now) = 'false' THEN 0.0 ELSE CASE WHEN regexp_like(now, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN try_cast(now AS double) END END < CASE WHEN lower(before) = 'true' THEN 1.0 WHEN lower(before) = 'false' THEN 0.0 ELSE CASE WHEN regexp_like(before, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN try_cast(before AS double) END END, false)))
