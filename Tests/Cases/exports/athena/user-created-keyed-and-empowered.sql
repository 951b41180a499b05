-- User created, given a key and given rights (user-created-keyed-and-empowered)
-- severity critical, family chains, owner detection-engineering
-- ATT&CK T1136.003, T1098.001, T1098.003
-- Exported by detection-specs for Amazon Athena. The reviewed detection is chains/user-created-keyed-and-empowered.md.
-- cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it
-- useridentity.sessioncontext.sourceidentity (string), which that table leaves out.
-- One row for each group: its first pass through all steps within 60 minutes, with the events of the steps.
-- Passes that follow it in the time that is asked about are not listed.
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
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END, 'unknown') AS account_id
  FROM events
),
timed AS (SELECT *, CAST(floor(coalesce(try(to_unixtime(from_iso8601_timestamp(event_time))), 0)) AS bigint) AS seconds FROM facts1),
matched AS (
  SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, json_extract_scalar(request, '$.userName') AS key2, 1 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND json_extract_scalar(request, '$.userName') IS NOT NULL AND ((coalesce(lower(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'CreateUser', false)
  OR coalesce(regexp_like(event_name, '^(CreateUser)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
  AND NOT (coalesce(error_message IS NOT NULL, false)))
  UNION ALL SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, json_extract_scalar(request, '$.userName') AS key2, 2 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND json_extract_scalar(request, '$.userName') IS NOT NULL AND ((coalesce(lower(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'CreateAccessKey', false)
  OR coalesce(regexp_like(event_name, '^(CreateAccessKey)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
  AND NOT (coalesce(error_message IS NOT NULL, false)))
  UNION ALL SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot, CASE WHEN account_id <> '' THEN account_id END AS key1, json_extract_scalar(request, '$.userName') AS key2, 3 AS step
  FROM timed WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND json_extract_scalar(request, '$.userName') IS NOT NULL AND ((coalesce(lower(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name IN ('AttachUserPolicy', 'PutUserPolicy', 'AddUserToGroup'), false)
  OR coalesce(regexp_like(event_name, '^(AttachUserPolicy|PutUserPolicy|AddUserToGroup)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
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
