-- CloudTrail event selectors narrowed (event-selectors-narrowed)
-- severity critical, family cloudtrail-config-tamper, owner detection-engineering
-- ATT&CK T1685.002
-- Exported by detection-specs for Amazon Athena. The reviewed detection is cloudtrail-config-tamper/event-selectors-narrowed.md.
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
  WHERE (coalesce(lower(event_source) = 'cloudtrail.amazonaws.com', false)
  OR (coalesce(lower(event_source) = 'cloudtrail.amazonaws.com.cn', false)
  AND coalesce(substr(event_source, -17) = '.amazonaws.com.cn', false)))
  AND (coalesce(event_name = 'PutEventSelectors', false)
  OR coalesce(regexp_like(event_name, '^(PutEventSelectors)(20[0-9]{6}|20[0-9]{2}_[0-9]{2}_[0-9]{2})(v[0-9]+)?$'), false))
  AND ((coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.eventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.eventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.eventSelectors')] END, v1 -> cardinality(filter(ARRAY[v1], v2 -> coalesce(json_format(v2) <> 'null', false) AND (coalesce(lower(json_extract_scalar(v2, '$.includeManagementEvents')) = 'false', false)))) > 0)) > 0, false)
  AND NOT (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.eventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.eventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.eventSelectors')] END, v3 -> cardinality(filter(ARRAY[v3], v4 -> coalesce(json_format(v4) <> 'null', false) AND (coalesce(lower(json_extract_scalar(v4, '$.includeManagementEvents')) = 'true', false)))) > 0)) > 0, false)))
  OR (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.eventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.eventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.eventSelectors')] END, v5 -> cardinality(filter(ARRAY[v5], v6 -> coalesce(json_format(v6) <> 'null', false) AND (coalesce(json_extract_scalar(v6, '$.readWriteType') IN ('ReadOnly', 'WriteOnly'), false)))) > 0)) > 0, false)
  AND NOT (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.eventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.eventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.eventSelectors')] END, v7 -> cardinality(filter(ARRAY[v7], v8 -> coalesce(json_format(v8) <> 'null', false) AND (coalesce(json_extract_scalar(v8, '$.readWriteType') = 'All', false) AND coalesce(lower(json_extract_scalar(v8, '$.includeManagementEvents')) = 'true', false)))) > 0)) > 0, false)))
  OR coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.eventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.eventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.eventSelectors')] END, v9 -> coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v9, '$.excludeManagementEventSources')) IS NOT NULL THEN CAST(json_extract(v9, '$.excludeManagementEventSources') AS array(json)) ELSE ARRAY[json_extract(v9, '$.excludeManagementEventSources')] END, v10 -> coalesce(json_format(v10) <> 'null', false))) > 0, false))) > 0, false)
  OR (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.advancedEventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.advancedEventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.advancedEventSelectors')] END, v11 -> coalesce(json_format(v11) <> 'null', false))) > 0, false)
  AND NOT (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.advancedEventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.advancedEventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.advancedEventSelectors')] END, v12 -> coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v12, '$.fieldSelectors')) IS NOT NULL THEN CAST(json_extract(v12, '$.fieldSelectors') AS array(json)) ELSE ARRAY[json_extract(v12, '$.fieldSelectors')] END, v13 -> cardinality(filter(ARRAY[v13], v14 -> coalesce(json_format(v14) <> 'null', false) AND (coalesce(json_extract_scalar(v14, '$.field') = 'eventCategory', false) AND coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v14, '$.equals')) IS NOT NULL THEN CAST(json_extract(v14, '$.equals') AS array(json)) ELSE ARRAY[json_extract(v14, '$.equals')] END, v15 -> coalesce(json_extract_scalar(v15, '$') = 'Management', false))) > 0, false)))) > 0)) > 0, false))) > 0, false)))
  OR coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(request, '$.advancedEventSelectors')) IS NOT NULL THEN CAST(json_extract(request, '$.advancedEventSelectors') AS array(json)) ELSE ARRAY[json_extract(request, '$.advancedEventSelectors')] END, v16 -> coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v16, '$.fieldSelectors')) IS NOT NULL THEN CAST(json_extract(v16, '$.fieldSelectors') AS array(json)) ELSE ARRAY[json_extract(v16, '$.fieldSelectors')] END, v17 -> cardinality(filter(ARRAY[v17], v18 -> coalesce(json_format(v18) <> 'null', false) AND (coalesce(json_extract_scalar(v18, '$.field') IN ('eventSource', 'readOnly'), false) AND (coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v18, '$.notEquals')) IS NOT NULL THEN CAST(json_extract(v18, '$.notEquals') AS array(json)) ELSE ARRAY[json_extract(v18, '$.notEquals')] END, v19 -> coalesce(json_format(v19) <> 'null', false))) > 0, false) OR coalesce(cardinality(filter(CASE WHEN json_array_length(json_extract(v18, '$.equals')) IS NOT NULL THEN CAST(json_extract(v18, '$.equals') AS array(json)) ELSE ARRAY[json_extract(v18, '$.equals')] END, v20 -> coalesce(json_format(v20) <> 'null', false))) > 0, false))))) > 0)) > 0, false))) > 0, false))
)
SELECT event_id, event_time, recipient_account_id, aws_region, event_source, event_name, user_identity_arn, source_ipaddress
FROM chosen
