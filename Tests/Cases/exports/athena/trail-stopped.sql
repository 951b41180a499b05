-- CloudTrail stopped or deleted (trail-stopped)
-- severity critical, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for Amazon Athena. The reviewed detection is cloudtrail-config-tamper/trail-stopped.md.
-- cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it
-- useridentity.sessioncontext.sourceidentity (string), which that table leaves out.
WITH events AS (
  SELECT eventname AS event_name,
    eventsource AS event_source,
    eventid AS event_id,
    eventtime AS event_time,
    awsregion AS aws_region,
    sourceipaddress AS source_ipaddress,
    recipientaccountid AS recipient_account_id,
    useridentity.arn AS user_identity_arn
  FROM cloudtrail_logs
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'cloudtrail.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'cloudtrail.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name IN ('StopLogging', 'DeleteTrail'), false)
  OR coalesce(regexp_like(event_name, '^(StopLogging|DeleteTrail)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
