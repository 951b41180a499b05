-- Retention of a log group shortened (log-retention-shortened)
-- severity high, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for CloudTrail Lake. The reviewed detection is cloudtrail-config-tamper/log-retention-shortened.md.
-- $EDS_ID: the id of the event data store. Its documents are maps from names to texts; how they write what lies
-- below the first level is not documented, so that such members are not exported, and first-level members are scalars.
-- Each statement is compared with the last one before it in the time that is asked about: ask about months, not hours.
WITH events AS (
  SELECT eventName AS event_name,
    eventSource AS event_source,
    eventID AS event_id,
    CAST(eventTime AS varchar) AS event_time,
    errorCode AS error_code,
    errorMessage AS error_message,
    awsRegion AS aws_region,
    sourceIPAddress AS source_ipaddress,
    recipientAccountId AS recipient_account_id,
    userIdentity.arn AS user_identity_arn,
    userIdentity.accountId AS user_identity_account_id,
    userIdentity.sessionContext.sessionIssuer.accountId AS session_issuer_account_id,
    requestParameters AS request,
    responseElements AS response
  FROM $EDS_ID
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'logs.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'logs.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'PutRetentionPolicy', false)
  OR coalesce(regexp_like(event_name, '^(PutRetentionPolicy)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND NOT (coalesce(element_at(response, 'ConsoleLogin') = 'Failure', false)
  OR (coalesce(element_at(response, 'CheckMfa') = 'Failure', false)
  AND NOT (coalesce(element_at(response, 'ConsoleLogin') IS NOT NULL, false)))
  OR (coalesce(element_at(response, 'PasswordUpdated') = 'Failure', false)
  AND NOT (coalesce(element_at(response, 'ConsoleLogin') IS NOT NULL, false))
  AND NOT (coalesce(element_at(response, 'CheckMfa') IS NOT NULL, false)))
  OR (coalesce(element_at(response, 'SwitchRole') = 'Failure', false)
  AND NOT (coalesce(element_at(response, 'ConsoleLogin') IS NOT NULL, false))
  AND NOT (coalesce(element_at(response, 'CheckMfa') IS NOT NULL, false))
  AND NOT (coalesce(element_at(response, 'PasswordUpdated') IS NOT NULL, false))))
  AND NOT (coalesce(error_code IS NOT NULL, false))
  AND NOT (coalesce(error_message IS NOT NULL, false))
),
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END, 'unknown') AS account_id
  FROM chosen
),
timed AS (SELECT *, CAST(floor(coalesce(to_unixtime(try_cast(event_time AS timestamp)), 0)) AS bigint) AS seconds FROM facts1),
matched AS (
  SELECT event_id, event_time, seconds, CASE WHEN account_id <> '' THEN account_id END AS key1,
    CASE WHEN aws_region <> '' THEN aws_region END AS key2,
    element_at(request, 'logGroupName') AS key3,
    element_at(request, 'retentionInDays') AS value1
  FROM timed
  WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND CASE WHEN aws_region <> '' THEN aws_region END IS NOT NULL AND element_at(request, 'logGroupName') IS NOT NULL
),
compared AS (
  SELECT event_id, event_time, key1, key2, key3, value1 AS now, 1 AS test,
    lag(value1) OVER (PARTITION BY key1, key2, key3 ORDER BY seconds, event_id) AS before
  FROM matched WHERE value1 IS NOT NULL
)
SELECT DISTINCT event_id, event_time, key1, key2, key3
FROM compared
WHERE before IS NOT NULL AND ((test = 1 AND coalesce(CASE WHEN lower(now) = 'true' THEN 1.0 WHEN lower(now) = 'false' THEN 0.0 ELSE CASE WHEN regexp_like(now, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN try_cast(now AS double) END END < CASE WHEN lower(before) = 'true' THEN 1.0 WHEN lower(before) = 'false' THEN 0.0 ELSE CASE WHEN regexp_like(before, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$') THEN try_cast(before AS double) END END, false)))
