-- Default route to an internet gateway (default-route-to-gateway)
-- severity high, family public-exposure, owner detection-engineering
-- ATT&CK T1686.001
-- Exported by detection-specs for CloudTrail Lake. The reviewed detection is public-exposure/default-route-to-gateway.md.
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
    userIdentity.arn AS user_identity_arn,
    requestParameters AS request
  FROM $EDS_ID
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'ec2.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'ec2.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name IN ('CreateRoute', 'ReplaceRoute'), false)
  OR coalesce(regexp_like(event_name, '^(CreateRoute|ReplaceRoute)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND (coalesce(regexp_like(element_at(request, 'destinationCidrBlock'), '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])))/0*[0-7]$'), false)
  OR (coalesce(regexp_like(element_at(request, 'destinationCidrBlock'), '^(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%[^/]*)?/0*([0-9]|1[0-8])$'), false)
  AND NOT (coalesce(regexp_like(element_at(request, 'destinationCidrBlock'), '^((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))/'), false)))
  OR coalesce(regexp_like(element_at(request, 'destinationIpv6CidrBlock'), '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])))/0*[0-7]$'), false)
  OR (coalesce(regexp_like(element_at(request, 'destinationIpv6CidrBlock'), '^(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%[^/]*)?/0*([0-9]|1[0-8])$'), false)
  AND NOT (coalesce(regexp_like(element_at(request, 'destinationIpv6CidrBlock'), '^((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))/'), false))))
  AND coalesce(starts_with(lower(element_at(request, 'gatewayId')), 'igw-'), false)
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
