-- Database or disk snapshot deleted (snapshot-deleted)
-- severity high, family destructive-database, owner detection-engineering
-- ATT&CK T1490
-- Exported by detection-specs for Amazon Athena. The reviewed detection is destructive-database/snapshot-deleted.md.
-- cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it
-- useridentity.sessioncontext.sourceidentity (string), which that table leaves out.
WITH events AS (
  SELECT eventname AS event_name,
    eventsource AS event_source,
    eventtype AS event_type,
    eventid AS event_id,
    eventtime AS event_time,
    awsregion AS aws_region,
    sourceipaddress AS source_ipaddress,
    recipientaccountid AS recipient_account_id,
    useridentity.type AS user_identity_type,
    useridentity.arn AS user_identity_arn,
    useridentity.principalid AS user_identity_principal_id,
    useridentity.username AS user_identity_user_name,
    useridentity.invokedby AS user_identity_invoked_by,
    useridentity.sessioncontext.sessionissuer.arn AS session_issuer_arn
  FROM cloudtrail_logs
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'rds.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'rds.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false))
  OR coalesce(lower(event_source) = 'ec2.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'ec2.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false))
  OR coalesce(lower(event_source) = 'redshift.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'redshift.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false))
  OR coalesce(lower(event_source) = 'dynamodb.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'dynamodb.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND NOT (coalesce(user_identity_type = 'AWSService', false)
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (coalesce(regexp_like(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)))
  AND NOT (coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/'), false))
  AND NOT (coalesce(substr(user_identity_arn, -5) = ':root', false))
  AND (coalesce(user_identity_invoked_by IS NOT NULL, false)
  OR (NOT (coalesce(user_identity_type IS NOT NULL, false))
  AND NOT (coalesce(user_identity_arn IS NOT NULL, false))
  AND NOT (coalesce(user_identity_principal_id IS NOT NULL, false))
  AND NOT (coalesce(user_identity_user_name IS NOT NULL, false))
  AND coalesce(starts_with(event_type, 'AwsService'), false)
  AND coalesce(event_source <> '', false))))
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND (coalesce(regexp_like(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)'), false))))
  AND (coalesce(regexp_like(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-service-role/+[^/]+|assumed-role/AWSServiceRoleFor)'), false)))))
  AND (coalesce(event_name IN ('DeleteDBSnapshot', 'DeleteDBClusterSnapshot', 'DeleteDBInstanceAutomatedBackup', 'DeleteSnapshot', 'DeleteClusterSnapshot', 'DeleteBackup'), false)
  OR coalesce(regexp_like(event_name, '^(DeleteDBSnapshot|DeleteDBClusterSnapshot|DeleteDBInstanceAutomatedBackup|DeleteSnapshot|DeleteClusterSnapshot|DeleteBackup)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
