-- CloudTrail stopped or deleted (trail-stopped)
-- severity critical, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for ClickHouse. The reviewed detection is cloudtrail-config-tamper/trail-stopped.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
WITH events AS (
  SELECT if(JSONType(record, 'eventName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventName', 'Nullable(String)')) AS event_name,
    if(JSONType(record, 'eventSource') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventSource', 'Nullable(String)')) AS event_source,
    if(JSONType(record, 'eventID') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventID', 'Nullable(String)')) AS event_id,
    if(JSONType(record, 'eventTime') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventTime', 'Nullable(String)')) AS event_time,
    if(JSONType(record, 'awsRegion') IN ('Object', 'Array'), NULL, JSONExtract(record, 'awsRegion', 'Nullable(String)')) AS aws_region,
    if(JSONType(record, 'sourceIPAddress') IN ('Object', 'Array'), NULL, JSONExtract(record, 'sourceIPAddress', 'Nullable(String)')) AS source_ipaddress,
    if(JSONType(record, 'recipientAccountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'recipientAccountId', 'Nullable(String)')) AS recipient_account_id,
    if(JSONType(record, 'userIdentity', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'arn', 'Nullable(String)')) AS user_identity_arn
  FROM cloudtrail
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lowerUTF8(event_source) = 'cloudtrail.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'cloudtrail.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name IN ('StopLogging', 'DeleteTrail'), false)
  OR coalesce(match(event_name, '^(StopLogging|DeleteTrail)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
