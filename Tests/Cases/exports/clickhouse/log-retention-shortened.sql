-- Retention of a log group shortened (log-retention-shortened)
-- severity high, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for ClickHouse. The reviewed detection is cloudtrail-config-tamper/log-retention-shortened.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
-- Each statement is compared with the last one before it in the time that is asked about: ask about months, not hours.
WITH events AS (
  SELECT if(JSONType(record, 'eventName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventName', 'Nullable(String)')) AS event_name,
    if(JSONType(record, 'eventSource') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventSource', 'Nullable(String)')) AS event_source,
    if(JSONType(record, 'eventID') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventID', 'Nullable(String)')) AS event_id,
    if(JSONType(record, 'eventTime') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventTime', 'Nullable(String)')) AS event_time,
    if(JSONType(record, 'errorCode') IN ('Object', 'Array'), NULL, JSONExtract(record, 'errorCode', 'Nullable(String)')) AS error_code,
    if(JSONType(record, 'errorMessage') IN ('Object', 'Array'), NULL, JSONExtract(record, 'errorMessage', 'Nullable(String)')) AS error_message,
    if(JSONType(record, 'awsRegion') IN ('Object', 'Array'), NULL, JSONExtract(record, 'awsRegion', 'Nullable(String)')) AS aws_region,
    if(JSONType(record, 'sourceIPAddress') IN ('Object', 'Array'), NULL, JSONExtract(record, 'sourceIPAddress', 'Nullable(String)')) AS source_ipaddress,
    if(JSONType(record, 'recipientAccountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'recipientAccountId', 'Nullable(String)')) AS recipient_account_id,
    if(JSONType(record, 'account') IN ('Object', 'Array'), NULL, JSONExtract(record, 'account', 'Nullable(String)')) AS account,
    if(JSONType(record, 'userIdentity', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'arn', 'Nullable(String)')) AS user_identity_arn,
    if(JSONType(record, 'userIdentity', 'accountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'accountId', 'Nullable(String)')) AS user_identity_account_id,
    if(JSONType(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'accountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'accountId', 'Nullable(String)')) AS session_issuer_account_id,
    JSONExtractRaw(record, 'requestParameters') AS request,
    JSONExtractRaw(record, 'responseElements') AS response
  FROM cloudtrail
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lowerUTF8(event_source) = 'logs.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'logs.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name = 'PutRetentionPolicy', false)
  OR coalesce(match(event_name, '^(PutRetentionPolicy)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND NOT (coalesce(if(JSONType(response, 'ConsoleLogin') IN ('Object', 'Array'), NULL, JSONExtract(response, 'ConsoleLogin', 'Nullable(String)')) = 'Failure', false)
  OR (coalesce(if(JSONType(response, 'CheckMfa') IN ('Object', 'Array'), NULL, JSONExtract(response, 'CheckMfa', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false)))
  OR (coalesce(if(JSONType(response, 'PasswordUpdated') IN ('Object', 'Array'), NULL, JSONExtract(response, 'PasswordUpdated', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'CheckMfa') NOT IN ('', 'null'), false)))
  OR (coalesce(if(JSONType(response, 'SwitchRole') IN ('Object', 'Array'), NULL, JSONExtract(response, 'SwitchRole', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'CheckMfa') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'PasswordUpdated') NOT IN ('', 'null'), false))))
  AND NOT (coalesce(error_code IS NOT NULL, false))
  AND NOT (coalesce(error_message IS NOT NULL, false))
),
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END, nullif(account, ''), 'unknown') AS account_id
  FROM chosen
),
timed AS (SELECT *, toInt64(coalesce(toUnixTimestamp(parseDateTimeBestEffortOrNull(event_time)), 0)) AS seconds FROM facts1),
matched AS (
  SELECT event_id, event_time, seconds, CASE WHEN account_id <> '' THEN account_id END AS key1,
    CASE WHEN aws_region <> '' THEN aws_region END AS key2,
    if(JSONType(request, 'logGroupName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'logGroupName', 'Nullable(String)')) AS key3,
    if(JSONType(request, 'retentionInDays') IN ('Object', 'Array'), NULL, JSONExtract(request, 'retentionInDays', 'Nullable(String)')) AS value1
  FROM timed
  WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND CASE WHEN aws_region <> '' THEN aws_region END IS NOT NULL AND if(JSONType(request, 'logGroupName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'logGroupName', 'Nullable(String)')) IS NOT NULL
),
compared AS (
  SELECT event_id, event_time, key1, key2, key3, value1 AS now, 1 AS test,
    lag(value1) OVER (PARTITION BY key1, key2, key3 ORDER BY seconds, event_id) AS before
  FROM matched WHERE value1 IS NOT NULL
)
SELECT DISTINCT event_id, event_time, key1, key2, key3
FROM compared
WHERE before IS NOT NULL AND ((test = 1 AND coalesce(CASE WHEN lowerUTF8(now) = 'true' THEN 1.0 WHEN lowerUTF8(now) = 'false' THEN 0.0 ELSE CASE WHEN match(now, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN toFloat64OrNull(now) END END < CASE WHEN lowerUTF8(before) = 'true' THEN 1.0 WHEN lowerUTF8(before) = 'false' THEN 0.0 ELSE CASE WHEN match(before, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN toFloat64OrNull(before) END END, false)))
