-- User created, given a key and given rights (user-created-keyed-and-empowered)
-- severity critical, family chains, owner detection-engineering
-- ATT&CK T1136.003, T1098.001, T1098.003
-- Exported by detection-specs for ClickHouse. The reviewed detection is chains/user-created-keyed-and-empowered.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
-- One row for each group: its first pass through all steps within 60 minutes, with the events of the steps.
-- Passes that follow it in the time that is asked about are not listed.
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
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END, nullif(account, ''), 'unknown') AS account_id
  FROM events
),
timed AS (SELECT *, toInt64(coalesce(toUnixTimestamp(parseDateTimeBestEffortOrNull(event_time)), 0)) AS seconds FROM facts1),
matched AS (
  SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) AS key2, 1 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) IS NOT NULL AND ((coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name = 'CreateUser', false)
  OR coalesce(match(event_name, '^(CreateUser)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
  AND NOT (coalesce(error_message IS NOT NULL, false)))
  UNION ALL SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) AS key2, 2 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) IS NOT NULL AND ((coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name = 'CreateAccessKey', false)
  OR coalesce(match(event_name, '^(CreateAccessKey)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
  AND NOT (coalesce(error_message IS NOT NULL, false)))
  UNION ALL SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) AS key2, 3 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND if(JSONType(request, 'userName') IN ('Object', 'Array'), NULL, JSONExtract(request, 'userName', 'Nullable(String)')) IS NOT NULL AND ((coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name IN ('AttachUserPolicy', 'PutUserPolicy', 'AddUserToGroup'), false)
  OR coalesce(match(event_name, '^(AttachUserPolicy|PutUserPolicy|AddUserToGroup)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
  AND NOT (coalesce(error_message IS NOT NULL, false)))
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY key1, key2, step, slot ORDER BY seconds, event_id) AS place,
    row_number() OVER (PARTITION BY key1, key2, step, slot ORDER BY seconds DESC, event_id DESC) AS place_back
  FROM matched
),
ends AS (SELECT * FROM numbered WHERE place = 1 OR place_back = 1),
pass1 AS (SELECT key1, key2, event_id AS id1, seconds AS seconds1, event_time AS time1 FROM ends WHERE step = 1),
next2 AS (
  SELECT p.key1 AS key1, p.key2 AS key2, p.id1 AS id1, p.seconds1 AS seconds1, p.time1 AS time1,
    e.event_id AS id2, e.seconds AS seconds2, e.event_time AS time2,
    row_number() OVER (PARTITION BY p.key1, p.key2, p.id1
      ORDER BY e.seconds, e.event_id) AS place
  FROM pass1 p JOIN ends e ON p.key1 = e.key1 AND p.key2 = e.key2
  WHERE e.step = 2 AND e.seconds >= p.seconds1 AND e.event_id <> p.id1
),
pass2 AS (SELECT key1, key2, id1, seconds1, time1, id2, seconds2, time2 FROM next2 WHERE place = 1 AND seconds2 <= seconds1 + 3600),
next3 AS (
  SELECT p.key1 AS key1, p.key2 AS key2, p.id1 AS id1, p.seconds1 AS seconds1, p.time1 AS time1, p.id2 AS id2, p.seconds2 AS seconds2, p.time2 AS time2,
    e.event_id AS id3, e.seconds AS seconds3, e.event_time AS time3,
    row_number() OVER (PARTITION BY p.key1, p.key2, p.id1
      ORDER BY e.seconds, e.event_id) AS place
  FROM pass2 p JOIN ends e ON p.key1 = e.key1 AND p.key2 = e.key2
  WHERE e.step = 3 AND e.seconds >= p.seconds2 AND e.event_id <> p.id1 AND e.event_id <> p.id2
),
pass3 AS (SELECT key1, key2, id1, seconds1, time1, id2, seconds2, time2, id3, seconds3, time3 FROM next3 WHERE place = 1 AND seconds3 <= seconds1 + 3600),
ranked AS (SELECT *, row_number() OVER (PARTITION BY key1, key2 ORDER BY seconds1, id1) AS place FROM pass3)
SELECT id3 AS event_id, key1, key2, id1, time1, id2, time2, id3, time3
FROM ranked
WHERE place = 1
