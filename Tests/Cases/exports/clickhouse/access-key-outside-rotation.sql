-- CreateAccessKey outside approved rotation (access-key-outside-rotation)
-- severity critical, family access-key-creation, owner detection-engineering
-- ATT&CK T1098.001
-- Exported by detection-specs for ClickHouse. The reviewed detection is access-key-creation/access-key-outside-rotation.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
-- mdr_lanes: the lanes of business-baseline (lanes.jsonl), built without --inventory, with its columns account_id,
-- actor, event, source, region, observations, standing and status. Keep the records of the baseline's window out of the
-- query. An approval counts for as long as it stands in the table.
WITH events AS (
  SELECT if(JSONType(record, 'eventName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventName', 'Nullable(String)')) AS event_name,
    if(JSONType(record, 'eventSource') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventSource', 'Nullable(String)')) AS event_source,
    if(JSONType(record, 'eventType') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventType', 'Nullable(String)')) AS event_type,
    if(JSONType(record, 'eventID') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventID', 'Nullable(String)')) AS event_id,
    if(JSONType(record, 'eventTime') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventTime', 'Nullable(String)')) AS event_time,
    if(JSONType(record, 'awsRegion') IN ('Object', 'Array'), NULL, JSONExtract(record, 'awsRegion', 'Nullable(String)')) AS aws_region,
    if(JSONType(record, 'sourceIPAddress') IN ('Object', 'Array'), NULL, JSONExtract(record, 'sourceIPAddress', 'Nullable(String)')) AS source_ipaddress,
    if(JSONType(record, 'vpcEndpointId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'vpcEndpointId', 'Nullable(String)')) AS vpc_endpoint_id,
    if(JSONType(record, 'recipientAccountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'recipientAccountId', 'Nullable(String)')) AS recipient_account_id,
    if(JSONType(record, 'account') IN ('Object', 'Array'), NULL, JSONExtract(record, 'account', 'Nullable(String)')) AS account,
    if(JSONType(record, 'userIdentity', 'type') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'type', 'Nullable(String)')) AS user_identity_type,
    if(JSONType(record, 'userIdentity', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'arn', 'Nullable(String)')) AS user_identity_arn,
    if(JSONType(record, 'userIdentity', 'principalId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'principalId', 'Nullable(String)')) AS user_identity_principal_id,
    if(JSONType(record, 'userIdentity', 'accountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'accountId', 'Nullable(String)')) AS user_identity_account_id,
    if(JSONType(record, 'userIdentity', 'userName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'userName', 'Nullable(String)')) AS user_identity_user_name,
    if(JSONType(record, 'userIdentity', 'invokedBy') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'invokedBy', 'Nullable(String)')) AS user_identity_invoked_by,
    if(JSONType(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn', 'Nullable(String)')) AS session_issuer_arn,
    if(JSONType(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'accountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'accountId', 'Nullable(String)')) AS session_issuer_account_id,
    if(JSONType(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'userName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'userName', 'Nullable(String)')) AS session_issuer_user_name,
    if(JSONType(record, 'userIdentity', 'onBehalfOf', 'userId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'onBehalfOf', 'userId', 'Nullable(String)')) AS on_behalf_of_user_id,
    if(JSONType(record, 'userIdentity', 'identityProvider') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'identityProvider', 'Nullable(String)')) AS user_identity_identity_provider,
    if(JSONType(record, 'tlsDetails', 'clientProvidedHostHeader') IN ('Object', 'Array'), NULL, JSONExtract(record, 'tlsDetails', 'clientProvidedHostHeader', 'Nullable(String)')) AS tls_details_client_provided_host_header,
    if(JSONExtractRaw(record, 'additionalEventData') IN ('', 'null'), JSONExtractRaw(record, 'serviceEventDetails'), JSONExtractRaw(record, 'additionalEventData')) AS additional
  FROM cloudtrail
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'iam.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name = 'CreateAccessKey', false)
  OR coalesce(match(event_name, '^(CreateAccessKey)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
),
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END, nullif(account, ''), 'unknown') AS account_id,
    CASE WHEN (coalesce(source_ipaddress IN ('AWS Internal', 'AWS internal'), false)) THEN 'aws-internal' WHEN ((coalesce(endsWith(source_ipaddress, '.amazonaws.com'), false)
  OR coalesce(endsWith(source_ipaddress, '.amazonaws.com.cn'), false))
  AND NOT (coalesce(user_identity_type = 'AWSService', false)
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (coalesce(match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)))
  AND NOT (coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/'), false))
  AND NOT (coalesce(endsWith(user_identity_arn, ':root'), false))
  AND (coalesce(user_identity_invoked_by IS NOT NULL, false)
  OR (NOT (coalesce(user_identity_type IS NOT NULL, false))
  AND NOT (coalesce(user_identity_arn IS NOT NULL, false))
  AND NOT (coalesce(user_identity_principal_id IS NOT NULL, false))
  AND NOT (coalesce(user_identity_user_name IS NOT NULL, false))
  AND coalesce(startsWith(event_type, 'AwsService'), false)
  AND coalesce(event_source <> '', false))))
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND (coalesce(match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)'), false))))
  AND (coalesce(match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)'), false))))
  OR coalesce(user_identity_invoked_by IS NOT NULL, false))) THEN concat('svc-claimed:', source_ipaddress) WHEN (NOT (coalesce(source_ipaddress IN ('AWS Internal', 'AWS internal'), false))
  AND NOT (coalesce(endsWith(source_ipaddress, '.amazonaws.com'), false)
  OR coalesce(endsWith(source_ipaddress, '.amazonaws.com.cn'), false))
  AND coalesce(vpc_endpoint_id IS NOT NULL, false)) THEN concat('vpce:', vpc_endpoint_id) WHEN (NOT (coalesce(source_ipaddress IN ('AWS Internal', 'AWS internal'), false))
  AND NOT (coalesce(endsWith(source_ipaddress, '.amazonaws.com'), false)
  OR coalesce(endsWith(source_ipaddress, '.amazonaws.com.cn'), false))
  AND NOT (coalesce(vpc_endpoint_id IS NOT NULL, false))
  AND coalesce(match(source_ipaddress, '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%.*)?)$'), false)
  AND coalesce(match(source_ipaddress, '^((0?10[.]|127[.]|192[.]168[.]|169[.]254[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]|100[.]0?(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:((0?10[.]|127[.]|192[.]168[.]|169[.]254[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]|100[.]0?(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])|(0?[aA][0-9a-fA-F]{2}|7[fF][0-9a-fA-F]{2}|[cC]0[aA]8|[aA]9[fF][eE]|[aA][cC]1[0-9a-fA-F]|64[4-7][0-9a-fA-F]):)|([fF][cCdD][0-9a-fA-F]{2}:|[fF][eE][89abAB][0-9a-fA-F]:|((0{1,4}:){7}|(0{1,4}(:0{1,4}){0,6})?::(0{1,4}:){0,6})0{0,3}1(%.*)?$))'), false)) THEN concat('private:', CASE WHEN match(source_ipaddress, '[.][0-9]+(%.*)?$') THEN concat(replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\2'), '.', replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\3'), '.', replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\4'), '.0/24') ELSE concat(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\1'), ':', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\2'), ':', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\3'), '::/48') END) WHEN (NOT (coalesce(source_ipaddress IN ('AWS Internal', 'AWS internal'), false))
  AND NOT (coalesce(endsWith(source_ipaddress, '.amazonaws.com'), false)
  OR coalesce(endsWith(source_ipaddress, '.amazonaws.com.cn'), false))
  AND NOT (coalesce(vpc_endpoint_id IS NOT NULL, false))
  AND coalesce(match(source_ipaddress, '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%.*)?)$'), false)
  AND NOT (coalesce(match(source_ipaddress, '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%.*)?)$'), false)
  AND coalesce(match(source_ipaddress, '^((0?10[.]|127[.]|192[.]168[.]|169[.]254[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]|100[.]0?(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])|((0{1,4}:){5}|(0{1,4}(:0{1,4}){0,4})?::(0{1,4}:){0,4})[fF]{4}:((0?10[.]|127[.]|192[.]168[.]|169[.]254[.]|172[.]0?(1[6-9]|2[0-9]|3[01])[.]|100[.]0?(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])|(0?[aA][0-9a-fA-F]{2}|7[fF][0-9a-fA-F]{2}|[cC]0[aA]8|[aA]9[fF][eE]|[aA][cC]1[0-9a-fA-F]|64[4-7][0-9a-fA-F]):)|([fF][cCdD][0-9a-fA-F]{2}:|[fF][eE][89abAB][0-9a-fA-F]:|((0{1,4}:){7}|(0{1,4}(:0{1,4}){0,6})?::(0{1,4}:){0,6})0{0,3}1(%.*)?$))'), false))) THEN concat('ip:', CASE WHEN match(source_ipaddress, '[.][0-9]+(%.*)?$') THEN concat(replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\2'), '.', replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\3'), '.', replaceRegexpAll(source_ipaddress, '^(.*:)?0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.]0{0,2}([0-9]+)[.][0-9]+(%.*)?$', '\\4'), '.0/24') ELSE concat(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\1'), ':', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\2'), ':', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(lowerUTF8(source_ipaddress), '%.*$', ''), '::.*$', ':0:0:0:0'), '^:', '0:'), '^0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+):0{0,3}([0-9a-f]+)(:.*)?$', '\\3'), '::/48') END) WHEN (NOT (coalesce(source_ipaddress IN ('AWS Internal', 'AWS internal'), false))
  AND NOT (coalesce(endsWith(source_ipaddress, '.amazonaws.com'), false)
  OR coalesce(endsWith(source_ipaddress, '.amazonaws.com.cn'), false))
  AND NOT (coalesce(vpc_endpoint_id IS NOT NULL, false))
  AND NOT (coalesce(match(source_ipaddress, '^(((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])|(([0-9a-fA-F]{1,4}:){6}([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))|::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,5}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){0}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,4}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){1}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,4}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,3}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){2}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,3}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,2}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,2}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,1}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){4}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){0,0}((25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9]))?|([0-9a-fA-F]{1,4}:){5}[0-9a-fA-F]{1,4}::(([0-9a-fA-F]{1,4}:){0,0}[0-9a-fA-F]{1,4})?|([0-9a-fA-F]{1,4}:){6}[0-9a-fA-F]{1,4}::)(%.*)?)$'), false))
  AND NOT (coalesce(user_identity_invoked_by IS NOT NULL, false))) THEN CASE WHEN coalesce(source_ipaddress, '') = '' THEN 'unknown' ELSE concat('other:', source_ipaddress) END WHEN coalesce(match(source_ipaddress, '[.]amazonaws[.]com([.]cn)?$'), false) THEN concat('svc:', source_ipaddress) ELSE concat('svc:', user_identity_invoked_by) END AS source,
    CASE WHEN endsWith(event_source, '.amazonaws.com.cn') THEN replaceRegexpAll(event_source, '[.]cn$', '') ELSE event_source END AS service,
    CASE WHEN coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false) THEN NULL ELSE coalesce(session_issuer_arn, user_identity_arn) END AS role_arn
  FROM chosen
),
facts2 AS (
  SELECT *, replaceRegexpAll(event_name, '(.)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$', '\\1') AS undated_name,
    CASE WHEN service IN ('account.amazonaws.com', 'billing.amazonaws.com', 'budgets.amazonaws.com', 'ce.amazonaws.com', 'cloudfront.amazonaws.com', 'globalaccelerator.amazonaws.com', 'health.amazonaws.com', 'iam.amazonaws.com', 'organizations.amazonaws.com', 'route53.amazonaws.com', 'route53domains.amazonaws.com', 'shield.amazonaws.com', 'support.amazonaws.com', 'trustedadvisor.amazonaws.com', 'waf.amazonaws.com') OR ((coalesce(event_source = 'sts.amazonaws.com', false)
  OR coalesce(event_source = 'sts.amazonaws.com.cn', false))
  AND (coalesce(if(JSONType(additional, 'RequestDetails', 'endpointType') IN ('Object', 'Array'), NULL, JSONExtract(additional, 'RequestDetails', 'endpointType', 'Nullable(String)')) = 'global', false)
  OR (NOT (coalesce(if(JSONType(additional, 'RequestDetails', 'endpointType') IN ('Object', 'Array'), NULL, JSONExtract(additional, 'RequestDetails', 'endpointType', 'Nullable(String)')) <> '', false))
  AND coalesce(tls_details_client_provided_host_header = 'sts.amazonaws.com', false)))) THEN 'global' ELSE coalesce(aws_region, '') END AS region
  FROM facts1
),
facts3 AS (
  SELECT *, CASE concat(service, ':', undated_name) WHEN 's3.amazonaws.com:DeleteBucketLifecycleConfiguration' THEN 'DeleteBucketLifecycle' WHEN 's3.amazonaws.com:DeletePublicAccessBlock' THEN 'DeleteBucketPublicAccessBlock' WHEN 's3.amazonaws.com:GetBucketLifecycleConfiguration' THEN 'GetBucketLifecycle' WHEN 's3.amazonaws.com:GetBucketNotificationConfiguration' THEN 'GetBucketNotification' WHEN 's3.amazonaws.com:GetPublicAccessBlock' THEN 'GetBucketPublicAccessBlock' WHEN 's3.amazonaws.com:ListAllMyBuckets' THEN 'ListBuckets' WHEN 's3.amazonaws.com:PutBucketLifecycleConfiguration' THEN 'PutBucketLifecycle' WHEN 's3.amazonaws.com:PutBucketNotificationConfiguration' THEN 'PutBucketNotification' WHEN 's3.amazonaws.com:PutBucketReplicationConfiguration' THEN 'PutBucketReplication' WHEN 's3.amazonaws.com:PutBucketServerSideEncryptionConfiguration' THEN 'PutBucketEncryption' WHEN 's3.amazonaws.com:PutObjectLockConfiguration' THEN 'PutBucketObjectLockConfiguration' WHEN 's3.amazonaws.com:PutPublicAccessBlock' THEN 'PutBucketPublicAccessBlock' WHEN 's3.amazonaws.com:PutReplicationConfiguration' THEN 'PutBucketReplication' ELSE undated_name END AS stable_name
  FROM facts2
),
facts4 AS (
  SELECT *, concat(service, ':', stable_name) AS stable_event
  FROM facts3
),
facts5 AS (
  SELECT *, CASE WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/') THEN extract(assumeNotNull(role_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/((?s:.*))$') WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/') THEN extract(assumeNotNull(role_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/([^/]*)') END AS role_path
  FROM facts4
),
facts6 AS (
  SELECT *, CASE WHEN match(role_path, '[^/]') THEN extract(assumeNotNull(role_path), '([^/]+)/*$') ELSE role_path END AS role_name,
    CASE WHEN match(role_path, '^[^-]*-[^-]*-((?s:.*)-)?[0-9A-Za-z]{12,13}$') THEN replaceRegexpAll(role_path, '^(?s:.*)-', '') ELSE '' END AS role_suffix
  FROM facts5
),
facts7 AS (
  SELECT *, arrayStringConcat(arrayMap(t -> CASE WHEN match(t, '^[0-9]{12}$') THEN '{account}' WHEN match(t, '^[0-9]{9,}$') THEN '{number}' WHEN match(t, '^[0-9a-f]{8,}$') AND match(t, '[0-9]') AND match(t, '[a-f]') THEN '{id}' ELSE t END, splitByChar('-', coalesce(role_path, ''))), '--') AS role_tokens,
    CASE WHEN match(role_suffix, '^[^A-Z]*$') THEN role_suffix WHEN match(role_suffix, '^[0-9A-Z]*[0-9][0-9A-Z]*$') THEN '{rnd}' WHEN match(role_suffix, '^[A-Z]*[B-DF-HJ-NP-TV-XZ]{5}[A-Z]*$') THEN '{rnd}' WHEN match(role_suffix, '^[A-Z]*$') THEN role_suffix WHEN match(role_suffix, '(Role|User|Admin|Access|Policy|Lambda|Service|Task|Exec|Instance|Profile|Group|Function|Stack|Deploy|Read|Write|Log|Flow|API|Api|AWS|Aws|EC2|ECS|EKS|RDS|VPC|Vpc|IAM|SSM|SNS|SQS|KMS|DynamoDB|Prod|Test|Dev)') THEN role_suffix WHEN match(role_suffix, '([aeiouy][a-z]{3}|[a-z][aeiouy][a-z]{2}|[a-z]{2}[aeiouy][a-z]|[a-z]{3}[aeiouy])') THEN role_suffix ELSE '{rnd}' END AS role_end
  FROM facts6
),
facts8 AS (
  SELECT *, CASE WHEN role_end = '{rnd}' THEN replaceRegexpAll(role_tokens, '--[0-9A-Za-z]{12,13}$', '--{rnd}') ELSE role_tokens END AS role_key
  FROM facts7
),
facts9 AS (
  SELECT *, CASE WHEN (coalesce(user_identity_type = 'Root', false)
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (coalesce(match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)))
  AND NOT (coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/'), false))
  AND coalesce(endsWith(user_identity_arn, ':root'), false))) THEN 'root'
      WHEN (coalesce(user_identity_type = 'AWSService', false)
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (coalesce(match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)))
  AND NOT (coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/'), false))
  AND NOT (coalesce(endsWith(user_identity_arn, ':root'), false))
  AND (coalesce(user_identity_invoked_by IS NOT NULL, false)
  OR (NOT (coalesce(user_identity_type IS NOT NULL, false))
  AND NOT (coalesce(user_identity_arn IS NOT NULL, false))
  AND NOT (coalesce(user_identity_principal_id IS NOT NULL, false))
  AND NOT (coalesce(user_identity_user_name IS NOT NULL, false))
  AND coalesce(startsWith(event_type, 'AwsService'), false)
  AND coalesce(event_source <> '', false))))) THEN concat('svc:', coalesce(user_identity_invoked_by, service))
      WHEN user_identity_type = 'AWSAccount' THEN CASE WHEN coalesce(user_identity_account_id, 'ANONYMOUS_PRINCIPAL') = 'ANONYMOUS_PRINCIPAL' THEN 'anonymous' ELSE concat('xacct:', user_identity_account_id) END
      WHEN user_identity_type = 'FederatedUser' THEN concat('federated:', coalesce(CASE WHEN match(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', extract(assumeNotNull(session_issuer_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$')) END, session_issuer_user_name, user_identity_user_name, 'unknown'))
      WHEN user_identity_type = 'SAMLUser' THEN concat('saml:', CASE WHEN match(user_identity_identity_provider, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$') THEN concat(extract(assumeNotNull(user_identity_identity_provider), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$'), ':') WHEN coalesce(user_identity_identity_provider, '') <> '' THEN concat(user_identity_identity_provider, ':') WHEN user_identity_user_name IS NOT NULL AND match(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(extract(assumeNotNull(user_identity_principal_id), '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$'), ':') ELSE '' END, coalesce(user_identity_user_name, user_identity_principal_id, 'unknown'))
      WHEN user_identity_type = 'WebIdentityUser' THEN CASE WHEN match(coalesce(user_identity_user_name, user_identity_principal_id, 'unknown'), '^:*repo:+[^:]+:+[^:]') THEN concat('web:', CASE WHEN match(user_identity_identity_provider, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$') THEN concat(extract(assumeNotNull(user_identity_identity_provider), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$'), ':') WHEN coalesce(user_identity_identity_provider, '') <> '' THEN concat(user_identity_identity_provider, ':') WHEN user_identity_user_name IS NOT NULL AND match(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(extract(assumeNotNull(user_identity_principal_id), '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$'), ':') ELSE '' END, 'repo:', extract(assumeNotNull(coalesce(user_identity_user_name, user_identity_principal_id, 'unknown')), '^:*repo:+([^:]+)')) ELSE concat('web:', CASE WHEN match(user_identity_identity_provider, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$') THEN concat(extract(assumeNotNull(user_identity_identity_provider), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/]*/((?s:.+))$'), ':') WHEN coalesce(user_identity_identity_provider, '') <> '' THEN concat(user_identity_identity_provider, ':') WHEN user_identity_user_name IS NOT NULL AND match(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(extract(assumeNotNull(user_identity_principal_id), '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$'), ':') ELSE '' END, coalesce(user_identity_user_name, user_identity_principal_id, 'unknown')) END
      WHEN user_identity_type = 'IdentityCenterUser' THEN concat('idc:', coalesce(on_behalf_of_user_id, user_identity_user_name, 'unknown'))
      WHEN user_identity_type = 'IAMUser' THEN coalesce(CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$')) END, concat('user:', user_identity_user_name), 'user:unknown')
      WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)') THEN concat('sso:', replaceRegexpAll(replaceRegexpAll(role_name, '^AWSReservedSSO_', ''), '(^|_)[0-9a-fA-F]{16}$', ''))
      WHEN match(role_path, '^aws-service-role/+([^/]+)') THEN concat('slr:', replaceRegexpAll(extract(assumeNotNull(role_path), '^aws-service-role/+([^/]+)'), '[.]amazonaws[.]com.*$', ''))
      WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/AWSServiceRoleFor') THEN concat('slr:', lowerUTF8(extract(assumeNotNull(role_name), '^AWSServiceRoleFor([^_]*)')))
      WHEN role_path IS NOT NULL THEN concat('role:', replace(replaceRegexpAll(role_key, '(^|-)(af|ap|ca|cn|eu|il|me|mx|sa|us)--((gov|iso)--)?(central|east|north|northeast|northwest|south|southeast|southwest|west)--[0-9](-|$)', '\\1{region}\\6'), '--', '-'))
      ELSE coalesce(CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$')) END, concat('user:', user_identity_user_name), 'unknown') END AS actor
  FROM facts8
),
facts10 AS (
  SELECT *, lowerUTF8(concat(' ', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(actor, '^[^:]*:', ''), '[{][a-z]+[}]', '0'), '(\\p{Lu})(\\p{Lu}\\p{Ll})', '\\1 \\2'), '([\\p{Ll}\\p{N}])(\\p{Lu})', '\\1 \\2'), '[^\\p{L}\\p{N}]+', ' '), ' ')) AS actor_words
  FROM facts9
),
lanes AS (
  SELECT account_id AS lane_account, actor AS lane_actor, event AS lane_event, source AS lane_source,
    region AS lane_region, sum(observations) AS lane_count
  FROM mdr_lanes
  GROUP BY account_id, actor, event, source, region
),
compared AS (
  SELECT e.*, coalesce(l.lane_count, 0) AS lane_observations
  FROM facts10 e
  LEFT JOIN lanes l ON l.lane_account = e.account_id AND l.lane_actor = e.actor AND l.lane_event = e.stable_event AND l.lane_source = e.source AND l.lane_region = e.region
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM compared
WHERE lane_observations < 1
  OR (lane_observations < 5
  AND NOT (lane_observations < 1))
