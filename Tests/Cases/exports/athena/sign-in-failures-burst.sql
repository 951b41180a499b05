-- Many failed sign-ins of one user (sign-in-failures-burst)
-- severity medium, family bursts, owner detection-engineering
-- ATT&CK T1110
-- Exported by detection-specs for Amazon Athena. The reviewed detection is bursts/sign-in-failures-burst.md.
-- cloudtrail_logs: the table of AWS's documentation for CloudTrail logs in Athena, and beside it
-- useridentity.sessioncontext.sourceidentity (string), which that table leaves out.
-- One row for each run: a group's stretch of time in which every event lies in some window of 15 minutes
-- that holds at least 5 events; minutes are counted whole.
WITH events AS (
  SELECT eventname AS event_name,
    eventsource AS event_source,
    eventtype AS event_type,
    eventid AS event_id,
    eventtime AS event_time,
    errorcode AS error_code,
    errormessage AS error_message,
    awsregion AS aws_region,
    sourceipaddress AS source_ipaddress,
    recipientaccountid AS recipient_account_id,
    useridentity.type AS user_identity_type,
    useridentity.arn AS user_identity_arn,
    useridentity.principalid AS user_identity_principal_id,
    useridentity.accountid AS user_identity_account_id,
    useridentity.username AS user_identity_user_name,
    useridentity.invokedby AS user_identity_invoked_by,
    useridentity.sessioncontext.sessionissuer.arn AS session_issuer_arn,
    useridentity.sessioncontext.sessionissuer.accountid AS session_issuer_account_id,
    useridentity.sessioncontext.sessionissuer.username AS session_issuer_user_name,
    useridentity.onbehalfof.userid AS on_behalf_of_user_id,
    try(json_parse(responseelements)) AS response
  FROM cloudtrail_logs
),
chosen AS (
  SELECT * FROM events
  WHERE (coalesce(lower(event_source) = 'signin.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'signin.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'ConsoleLogin', false)
  OR coalesce(regexp_like(event_name, '^(ConsoleLogin)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND NOT (NOT (coalesce(json_extract_scalar(response, '$.ConsoleLogin') = 'Failure', false)
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
facts1 AS (
  SELECT *, coalesce(nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END) AS actor_account,
    coalesce(nullif(recipient_account_id, ''), nullif(user_identity_account_id, ''), nullif(session_issuer_account_id, ''), CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:') THEN regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):', 1) END, 'unknown') AS account_id,
    CASE WHEN substr(event_source, -17) = '.amazonaws.com.cn' THEN regexp_replace(event_source, '[.]cn$', '') ELSE event_source END AS service,
    CASE WHEN coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false) THEN NULL ELSE coalesce(session_issuer_arn, user_identity_arn) END AS role_arn
  FROM chosen
),
facts2 AS (
  SELECT *, CASE WHEN regexp_like(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/') THEN regexp_extract(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:role/((?s:.*))$', 1) WHEN regexp_like(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/') THEN regexp_extract(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/([^/]*)', 1) END AS role_path
  FROM facts1
),
facts3 AS (
  SELECT *, CASE WHEN regexp_like(role_path, '[^/]') THEN regexp_extract(role_path, '([^/]+)/*$', 1) ELSE role_path END AS role_name,
    CASE WHEN regexp_like(role_path, '^[^-]*-[^-]*-((?s:.*)-)?[0-9A-Za-z]{12,13}$') THEN regexp_replace(role_path, '^(?s:.*)-', '') ELSE '' END AS role_suffix
  FROM facts2
),
facts4 AS (
  SELECT *, array_join(transform(split(coalesce(role_path, ''), '-'), t -> CASE WHEN regexp_like(t, '^[0-9]{12}$') THEN '{account}' WHEN regexp_like(t, '^[0-9]{9,}$') THEN '{number}' WHEN regexp_like(t, '^[0-9a-f]{8,}$') AND regexp_like(t, '[0-9]') AND regexp_like(t, '[a-f]') THEN '{id}' ELSE t END), '--') AS role_tokens,
    CASE WHEN regexp_like(role_suffix, '^[^A-Z]*$') THEN role_suffix WHEN regexp_like(role_suffix, '^[0-9A-Z]*[0-9][0-9A-Z]*$') THEN '{rnd}' WHEN regexp_like(role_suffix, '^[A-Z]*[B-DF-HJ-NP-TV-XZ]{5}[A-Z]*$') THEN '{rnd}' WHEN regexp_like(role_suffix, '^[A-Z]*$') THEN role_suffix WHEN regexp_like(role_suffix, '(Role|User|Admin|Access|Policy|Lambda|Service|Task|Exec|Instance|Profile|Group|Function|Stack|Deploy|Read|Write|Log|Flow|API|Api|AWS|Aws|EC2|ECS|EKS|RDS|VPC|Vpc|IAM|SSM|SNS|SQS|KMS|DynamoDB|Prod|Test|Dev)') THEN role_suffix WHEN regexp_like(role_suffix, '([aeiouy][a-z]{3}|[a-z][aeiouy][a-z]{2}|[a-z]{2}[aeiouy][a-z]|[a-z]{3}[aeiouy])') THEN role_suffix ELSE '{rnd}' END AS role_end
  FROM facts3
),
facts5 AS (
  SELECT *, CASE WHEN role_end = '{rnd}' THEN regexp_replace(role_tokens, '--[0-9A-Za-z]{12,13}$', '--{rnd}') ELSE role_tokens END AS role_key
  FROM facts4
),
facts6 AS (
  SELECT *, CASE WHEN (coalesce(user_identity_type = 'Root', false)
  OR (NOT (coalesce(user_identity_type IN ('Root', 'AWSService', 'AWSAccount', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'IAMUser'), false))
  AND NOT (coalesce(regexp_like(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)
  OR (NOT (coalesce(session_issuer_arn IS NOT NULL, false))
  AND coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|assumed-role)/'), false)))
  AND NOT (coalesce(regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/'), false))
  AND coalesce(substr(user_identity_arn, -5) = ':root', false))) THEN 'root'
      WHEN (coalesce(user_identity_type = 'AWSService', false)
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
  AND coalesce(event_source <> '', false))))) THEN concat('svc:', coalesce(user_identity_invoked_by, service))
      WHEN user_identity_type = 'AWSAccount' THEN CASE WHEN coalesce(user_identity_account_id, 'ANONYMOUS_PRINCIPAL') = 'ANONYMOUS_PRINCIPAL' THEN 'anonymous' ELSE concat('xacct:', user_identity_account_id) END
      WHEN user_identity_type = 'FederatedUser' THEN concat('federated:', coalesce(CASE WHEN regexp_like(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', regexp_extract(session_issuer_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$', 1)) END, session_issuer_user_name, user_identity_user_name, 'unknown'))
      WHEN user_identity_type = 'SAMLUser' THEN concat('saml:', CASE WHEN user_identity_user_name IS NOT NULL AND regexp_like(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(regexp_extract(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$', 1), ':') ELSE '' END, coalesce(user_identity_user_name, user_identity_principal_id, 'unknown'))
      WHEN user_identity_type = 'WebIdentityUser' THEN CASE WHEN regexp_like(coalesce(user_identity_user_name, user_identity_principal_id, 'unknown'), '^:*repo:+[^:]+:+[^:]') THEN concat('web:', CASE WHEN user_identity_user_name IS NOT NULL AND regexp_like(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(regexp_extract(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$', 1), ':') ELSE '' END, 'repo:', regexp_extract(coalesce(user_identity_user_name, user_identity_principal_id, 'unknown'), '^:*repo:+([^:]+)', 1)) ELSE concat('web:', CASE WHEN user_identity_user_name IS NOT NULL AND regexp_like(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$') THEN concat(regexp_extract(user_identity_principal_id, '^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:[^/:]*/)?([^:]+):(?s:.+)$', 1), ':') ELSE '' END, coalesce(user_identity_user_name, user_identity_principal_id, 'unknown')) END
      WHEN user_identity_type = 'IdentityCenterUser' THEN concat('idc:', coalesce(on_behalf_of_user_id, user_identity_user_name, 'unknown'))
      WHEN user_identity_type = 'IAMUser' THEN coalesce(CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$', 1)) END, concat('user:', user_identity_user_name), 'user:unknown')
      WHEN regexp_like(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role/aws-reserved/([^/]*/)*AWSReservedSSO_[^/]*/*$|assumed-role/AWSReservedSSO_)') THEN concat('sso:', regexp_replace(regexp_replace(role_name, '^AWSReservedSSO_', ''), '(^|_)[0-9a-fA-F]{16}$', ''))
      WHEN regexp_like(role_path, '^aws-service-role/+([^/]+)') THEN concat('slr:', regexp_replace(regexp_extract(role_path, '^aws-service-role/+([^/]+)', 1), '[.]amazonaws[.]com.*$', ''))
      WHEN regexp_like(role_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:assumed-role/AWSServiceRoleFor') THEN concat('slr:', lower(regexp_extract(role_name, '^AWSServiceRoleFor([^_]*)', 1)))
      WHEN role_path IS NOT NULL THEN concat('role:', replace(regexp_replace(role_key, '(^|-)(af|ap|ca|cn|eu|il|me|mx|sa|us)--((gov|iso)--)?(central|east|north|northeast|northwest|south|southeast|southwest|west)--[0-9](-|$)', '$1{region}$6'), '--', '-'))
      ELSE coalesce(CASE WHEN regexp_like(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$') THEN concat('user:', regexp_extract(user_identity_arn, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:user/((?s:.*))$', 1)) END, concat('user:', user_identity_user_name), 'unknown') END AS actor
  FROM facts5
),
facts7 AS (
  SELECT *, lower(concat(' ', regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(actor, '^[^:]*:', ''), '[{][a-z]+[}]', '0'), '(\p{Lu})(\p{Lu}\p{Ll})', '$1 $2'), '([\p{Ll}\p{N}])(\p{Lu})', '$1 $2'), '[^\p{L}\p{N}]+', ' '), ' ')) AS actor_words
  FROM facts6
), timed AS (SELECT *, CAST(floor(coalesce(try(to_unixtime(from_iso8601_timestamp(event_time))), 0)) AS bigint) AS seconds FROM facts7),
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
