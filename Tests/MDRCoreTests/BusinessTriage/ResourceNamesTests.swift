import Testing

@testable import MDRCore

@Suite struct ResourceNamesTests {
  @Test(arguments: [
    ("arn:aws:iam::111122223333:role/service/api", "role/api"),
    ("arn:aws-us-gov:iam::111122223333:user/dana", "user/dana"),
    ("arn:aws:s3:::orders/2026/a.csv", "bucket/orders"),
    ("arn:aws:s3:::orders", "bucket/orders"),
    ("arn:aws:lambda:us-east-1:111122223333:function:ingest:3", "function/ingest"),
    ("arn:aws:kms:us-east-1:111122223333:key/1234abcd", "kms_key/1234abcd"),
    ("arn:aws:rds:us-east-1:111122223333:db:orders", "db_instance/orders"),
    ("arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf", "secret/prod/db"),
    ("arn:aws:dynamodb:us-east-1:111122223333:table/customers", "table/customers"),
  ])
  func `an ARN and the name that a parameter has are one resource`(arn: String, name: String) {
    #expect(ResourceNames.all(of: arn) == [arn, name])
  }

  @Test(arguments: [
    "role/api", "arn", "", "arn:aws:iam", "arn:aws:sns:us-east-1:111122223333:topic", "arn:aws:s3:::",
    "arn:aws:iam::111122223333:role/", "arn:aws:lambda:::function:", "arn:aws:secretsmanager:::secret:a-b",
  ])
  func `what has no other name goes by its own, and nothing traps`(resource: String) {
    #expect(ResourceNames.all(of: resource).first == resource)
  }
}
