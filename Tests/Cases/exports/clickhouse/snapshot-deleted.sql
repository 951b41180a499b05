-- Database or disk snapshot deleted (snapshot-deleted)
-- severity high, family destructive-database, owner detection-engineering
-- ATT&CK T1490
-- Exported by detection-specs for ClickHouse. The reviewed detection is destructive-database/snapshot-deleted.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
WITH events AS (
  SELECT if(JSONType(record, 'eventName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventName', 'Nullable(String)')) AS event_name,
    if(JSONType(record, 'eventSource') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventSource', 'Nullable(String)')) AS event_source,
    if(JSONType(record, 'eventType') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventType', 'Nullable(String)')) AS event_type,
    if(JSONType(record, 'eventID') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventID', 'Nullable(String)')) AS event_id,
    if(JSONType(record, 'eventTime') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventTime', 'Nullable(String)')) AS event_time,
    if(JSONType(record, 'awsRegion') IN ('Object', 'Array'), NULL, JSONExtract(record, 'awsRegion', 'Nullable(String)')) AS aws_region,
    if(JSONType(record, 'sourceIPAddress') IN ('Object', 'Array'), NULL, JSONExtract(record, 'sourceIPAddress', 'Nullable(String)')) AS source_ipaddress,
    if(JSONType(record, 'recipientAccountId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'recipientAccountId', 'Nullable(String)')) AS recipient_account_id,
    if(JSONType(record, 'userIdentity', 'type') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'type', 'Nullable(String)')) AS user_identity_type,
    if(JSONType(record, 'userIdentity', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'arn', 'Nullable(String)')) AS user_identity_arn,
    if(JSONType(record, 'userIdentity', 'principalId') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'principalId', 'Nullable(String)')) AS user_identity_principal_id,
    if(JSONType(record, 'userIdentity', 'userName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'userName', 'Nullable(String)')) AS user_identity_user_name,
    if(JSONType(record, 'userIdentity', 'invokedBy') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'invokedBy', 'Nullable(String)')) AS user_identity_invoked_by,
    if(JSONType(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn') IN ('Object', 'Array'), NULL, JSONExtract(record, 'userIdentity', 'sessionContext', 'sessionIssuer', 'arn', 'Nullable(String)')) AS session_issuer_arn
  FROM cloudtrail
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lowerUTF8(event_source) = 'rds.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'rds.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false))
  OR coalesce(lowerUTF8(event_source) = 'ec2.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'ec2.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false))
  OR coalesce(lowerUTF8(event_source) = 'redshift.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'redshift.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false))
  OR coalesce(lowerUTF8(event_source) = 'dynamodb.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'dynamodb.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
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
  AND coalesce(match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)'), false)))))
  AND (coalesce(event_name IN ('DeleteDBSnapshot', 'DeleteDBClusterSnapshot', 'DeleteDBInstanceAutomatedBackup', 'DeleteSnapshot', 'DeleteClusterSnapshot', 'DeleteBackup'), false)
  OR coalesce(match(event_name, '^(DeleteDBSnapshot|DeleteDBClusterSnapshot|DeleteDBInstanceAutomatedBackup|DeleteSnapshot|DeleteClusterSnapshot|DeleteBackup)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
