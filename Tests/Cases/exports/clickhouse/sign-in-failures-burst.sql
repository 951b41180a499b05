-- Many failed sign-ins of one user (sign-in-failures-burst)
-- severity medium, family bursts, owner detection-engineering
-- ATT&CK T1110
-- Exported by detection-specs for ClickHouse. The reviewed detection is bursts/sign-in-failures-burst.md.
-- cloudtrail (record String): one CloudTrail record as JSON in each row.
-- One row for each run: a group's stretch of time in which every event lies in some window of 15 minutes
-- that holds at least 5 events; minutes are counted whole.
WITH events AS (
  SELECT if(JSONType(record, 'eventName') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventName', 'Nullable(String)')) AS event_name,
    if(JSONType(record, 'eventSource') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventSource', 'Nullable(String)')) AS event_source,
    if(JSONType(record, 'eventType') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventType', 'Nullable(String)')) AS event_type,
    if(JSONType(record, 'eventID') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventID', 'Nullable(String)')) AS event_id,
    if(JSONType(record, 'eventTime') IN ('Object', 'Array'), NULL, JSONExtract(record, 'eventTime', 'Nullable(String)')) AS event_time,
    if(JSONType(record, 'errorCode') IN ('Object', 'Array'), NULL, JSONExtract(record, 'errorCode', 'Nullable(String)')) AS error_code,
    if(JSONType(record, 'errorMessage') IN ('Object', 'Array'), NULL, JSONExtract(record, 'errorMessage', 'Nullable(String)')) AS error_message,
    if(JSONType(record, 'awsRegion') IN ('Object', 'Array'), NULL, JSONExtract(record, 'awsRegion', 'Nullable(String)')) AS aws_region,
    if(JSONType(record, 'sourceIPAddress') IN ('Object', 'Array'), NULL, JSONExtract(record, 'sourceIPAddress', 'Nullable(String)')) AS source_ipaddress,
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
    JSONExtractRaw(record, 'responseElements') AS response
  FROM cloudtrail
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lowerUTF8(event_source) = 'signin.amazonaws.com', false)
  OR (coalesce(lowerUTF8(event_source) = 'signin.amazonaws.com.cn', false)
  AND coalesce(endsWith(event_source, '.amazonaws.com.cn'), false)))
  AND (coalesce(event_name = 'ConsoleLogin', false)
  OR coalesce(match(event_name, '^(ConsoleLogin)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND NOT (NOT (coalesce(if(JSONType(response, 'ConsoleLogin') IN ('Object', 'Array'), NULL, JSONExtract(response, 'ConsoleLogin', 'Nullable(String)')) = 'Failure', false)
  OR (coalesce(if(JSONType(response, 'CheckMfa') IN ('Object', 'Array'), NULL, JSONExtract(response, 'CheckMfa', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false)))
  OR (coalesce(if(JSONType(response, 'PasswordUpdated') IN ('Object', 'Array'), NULL, JSONExtract(response, 'PasswordUpdated', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'CheckMfa') NOT IN ('', 'null'), false)))
  OR (coalesce(if(JSONType(response, 'SwitchRole') IN ('Object', 'Array'), NULL, JSONExtract(response, 'SwitchRole', 'Nullable(String)')) = 'Failure', false)
  AND NOT (coalesce(JSONExtractRaw(response, 'ConsoleLogin') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'CheckMfa') NOT IN ('', 'null'), false))
  AND NOT (coalesce(JSONExtractRaw(response, 'PasswordUpdated') NOT IN ('', 'null'), false))))
  AND NOT (coalesce(error_code IS NOT NULL, false))
  AND NOT (coalesce(error_message IS NOT NULL, false)))
),
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN match(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN extract(assumeNotNull(user_identity_arn), '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):') END, nullif(account, ''), 'unknown') AS account_id,
    CASE WHEN endsWith(event_source, '.amazonaws.com.cn') THEN replaceRegexpAll(event_source, '[.]cn$', '') ELSE event_source END AS service,
    CASE WHEN coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false) THEN NULL ELSE coalesce(session_issuer_arn, user_identity_arn) END AS role_arn
  FROM chosen
),
facts2 AS (
  SELECT *, CASE WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/') THEN extract(assumeNotNull(role_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/((?s:.*))$') WHEN match(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/') THEN extract(assumeNotNull(role_arn), '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/([^/]*)') END AS role_path
  FROM facts1
),
facts3 AS (
  SELECT *, CASE WHEN match(role_path, '[^/]') THEN extract(assumeNotNull(role_path), '([^/]+)/*$') ELSE role_path END AS role_name,
    CASE WHEN match(role_path, '^[^-]*-[^-]*-((?s:.*)-)?[0-9A-Za-z]{12,13}$') THEN replaceRegexpAll(role_path, '^(?s:.*)-', '') ELSE '' END AS role_suffix
  FROM facts2
),
facts4 AS (
  SELECT *, arrayStringConcat(arrayMap(t -> CASE WHEN match(t, '^[0-9]{12}$') THEN '{account}' WHEN match(t, '^[0-9]{9,}$') THEN '{number}' WHEN match(t, '^[0-9a-f]{8,}$') AND match(t, '[0-9]') AND match(t, '[a-f]') THEN '{id}' ELSE t END, splitByChar('-', coalesce(role_path, ''))), '--') AS role_tokens,
    CASE WHEN match(role_suffix, '^[^A-Z]*$') THEN role_suffix WHEN match(role_suffix, '^[0-9A-Z]*[0-9][0-9A-Z]*$') THEN '{rnd}' WHEN match(role_suffix, '^[A-Z]*[B-DF-HJ-NP-TV-XZ]{5}[A-Z]*$') THEN '{rnd}' WHEN match(role_suffix, '^[A-Z]*$') THEN role_suffix WHEN match(role_suffix, '(Role|User|Admin|Access|Policy|Lambda|Service|Task|Exec|Instance|Profile|Group|Function|Stack|Deploy|Read|Write|Log|Flow|API|Api|AWS|Aws|EC2|ECS|EKS|RDS|VPC|Vpc|IAM|SSM|SNS|SQS|KMS|DynamoDB|Prod|Test|Dev)') THEN role_suffix WHEN match(role_suffix, '([aeiouy][a-z]{3}|[a-z][aeiouy][a-z]{2}|[a-z]{2}[aeiouy][a-z]|[a-z]{3}[aeiouy])') THEN role_suffix ELSE '{rnd}' END AS role_end
  FROM facts3
),
facts5 AS (
  SELECT *, CASE WHEN role_end = '{rnd}' THEN replaceRegexpAll(role_tokens, '--[0-9A-Za-z]{12,13}$', '--{rnd}') ELSE role_tokens END AS role_key
  FROM facts4
),
facts6 AS (
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
  FROM facts5
),
facts7 AS (
  SELECT *, lowerUTF8(concat(' ', replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(replaceRegexpAll(actor, '^[^:]*:', ''), '[{][a-z]+[}]', '0'), '(\\p{Lu})(\\p{Lu}\\p{Ll})', '\\1 \\2'), '([\\p{Ll}\\p{N}])(\\p{Lu})', '\\1 \\2'), '[^\\p{L}\\p{N}]+', ' '), ' ')) AS actor_words
  FROM facts6
), timed AS (SELECT *, toInt64(coalesce(toUnixTimestamp(parseDateTimeBestEffortOrNull(event_time)), 0)) AS seconds FROM facts7),
matched AS (
  SELECT event_id, event_time, seconds, CAST(floor(seconds / 60) AS bigint) AS slot,
    CASE WHEN account_id <> '' THEN account_id END AS key1, CASE WHEN actor <> '' THEN actor END AS key2
  FROM timed
  WHERE seconds > 0 AND CASE WHEN account_id <> '' THEN account_id END IS NOT NULL AND CASE WHEN actor <> '' THEN actor END IS NOT NULL
),
units AS (SELECT key1, key2, slot, count(*) AS n FROM matched GROUP BY key1, key2, slot),
ends AS (SELECT DISTINCT key1, key2, slot FROM matched),
windows AS (
  SELECT a.key1 AS key1, a.key2 AS key2, a.slot AS last_slot, min(b.slot) AS first_slot
  FROM ends a JOIN units b ON a.key1 = b.key1 AND a.key2 = b.key2
  WHERE b.slot <= a.slot AND b.slot > a.slot - 15
  GROUP BY a.key1, a.key2, a.slot
  HAVING sum(b.n) >= 5
),
ordered AS (
  SELECT *, max(last_slot) OVER (PARTITION BY key1, key2 ORDER BY last_slot
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS slot_before
  FROM windows
),
islands AS (
  SELECT *, sum(CASE WHEN slot_before IS NULL OR first_slot > slot_before THEN 1 ELSE 0 END)
    OVER (PARTITION BY key1, key2 ORDER BY last_slot ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
  FROM ordered
),
runs AS (
  SELECT key1, key2, island, min(first_slot) AS first_slot, max(last_slot) AS last_slot
  FROM islands GROUP BY key1, key2, island
),
ranked AS (
  SELECT m.event_id AS event_id, m.event_time AS event_time, r.key1 AS key1, r.key2 AS key2,
    row_number() OVER (PARTITION BY r.key1, r.key2, r.island
      ORDER BY m.seconds, m.event_id) AS place,
    count(*) OVER (PARTITION BY r.key1, r.key2, r.island) AS events
  FROM runs r JOIN matched m ON r.key1 = m.key1 AND r.key2 = m.key2
  WHERE m.slot BETWEEN r.first_slot AND r.last_slot
)
SELECT event_id, event_time, key1, key2, events
FROM ranked
WHERE place = 1
