-- Default route to an internet gateway (default-route-to-gateway)
-- severity high, family public-exposure, owner detection-engineering
-- ATT&CK T1686.001
-- Exported by detection-specs for Amazon Athena. The reviewed detection is public-exposure/default-route-to-gateway.md.
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
    useridentity.arn AS user_identity_arn,
    try(json_parse(requestparameters)) AS request
  FROM cloudtrail_logs
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'ec2.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'ec2.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name IN ('CreateRoute', 'ReplaceRoute'), false)
  OR coalesce(regexp_like(event_name, '^(CreateRoute|ReplaceRoute)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND (coalesce(regexp_like(json_extract_scalar(request, '$.destinationCidrBlock'), '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])))/0*[0-7]$'), false)
  OR (coalesce(regexp_like(json_extract_scalar(request, '$.destinationCidrBlock'), '^(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%[^/]*)?/0*([0-9]|1[0-8])$'), false)
  AND NOT (coalesce(regexp_like(json_extract_scalar(request, '$.destinationCidrBlock'), '^((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))/'), false)))
  OR coalesce(regexp_like(json_extract_scalar(request, '$.destinationIpv6CidrBlock'), '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])))/0*[0-7]$'), false)
  OR (coalesce(regexp_like(json_extract_scalar(request, '$.destinationIpv6CidrBlock'), '^(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%[^/]*)?/0*([0-9]|1[0-8])$'), false)
  AND NOT (coalesce(regexp_like(json_extract_scalar(request, '$.destinationIpv6CidrBlock'), '^((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))/'), false))))
  AND coalesce(starts_with(lower(json_extract_scalar(request, '$.gatewayId')), 'igw-'), false)
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
