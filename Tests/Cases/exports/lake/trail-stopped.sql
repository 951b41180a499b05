-- CloudTrail stopped or deleted (trail-stopped)
-- severity critical, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for CloudTrail Lake. The reviewed detection is cloudtrail-config-tamper/trail-stopped.md.
-- $EDS_ID: the id of the event data store. Its documents are maps from names to texts; how they write what lies
-- below the first level is not documented, so that such members are not exported, and first-level members are scalars.
WITH events AS (
  SELECT eventName AS event_name,
    eventSource AS event_source,
    eventID AS event_id,
    CAST(eventTime AS varchar) AS event_time,
    awsRegion AS aws_region,
    sourceIPAddress AS source_ipaddress,
    recipientAccountId AS recipient_account_id,
    userIdentity.arn AS user_identity_arn
  FROM $EDS_ID
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
