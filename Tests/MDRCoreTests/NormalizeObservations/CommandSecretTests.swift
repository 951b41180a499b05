import Testing

@testable import MDRCore

/// Secrets in the command lines of programs: known by the option, the argument, the variable, or the header.
@Suite struct CommandSecretTests {
  private static func details(_ document: String) throws -> String {
    let observed = try CanonicalisationTests.observation("\"requestParameters\":\(document)")
    var output = JSONOutput()
    observed.append(to: &output)
    _ = try JSONValue(parsing: output.text)
    return output.text
  }

  @Test(arguments: [
    #"{"commands":["docker login -u ci -p PLANTED registry.example"]}"#,
    #"{"commands":["x --password PLANTED; aws ecr get-login-password --region eu-west-1"]}"#,
    #"{"commands":["docker login -u ci -pPLANTED registry.example"]}"#,
    #"{"commands":["sudo docker login --username ci --password PLANTED registry.example"]}"#,
    #"{"commands":["helm registry login r.example -u ci -p PLANTED"]}"#,
    #"{"command":["podman","login","-u","ci","-p","PLANTED"]}"#,
    #"{"commands":["az login --service-principal -u a -p PLANTED"]}"#,
    #"{"commands":["curl -su admin:PLANTED https://a.example"]}"#,
    #"{"commands":["curl -fsSLu admin:PLANTED https://a.example"]}"#,
    #"{"commands":["curl -suadmin:PLANTED https://a.example"]}"#,
    #"{"commands":["mysql -BNpPLANTED orders"]}"#,
    #"{"commands":["ldapsearch -xw PLANTED -b dc=a"]}"#,
    #"{"commands":["New-LocalUser -Name svc `\n  -Password PLANTED"]}"#,
    #"{"commands":["sqlcmd -S db -U sa `\r\n  -P PLANTED"]}"#,
    #"{"commands":["sqlcmd -S db -U sa `","  -P PLANTED"]}"#,
    #"{"commands":["C:\\tools\\sqlcmd.exe -S db -U sa -P PLANTED"]}"#,
    #"{"commands":["mysql.exe -uroot -pPLANTED"]}"#,
    #"{"commands":["New-LocalUser -Name svc -Password PLANTED"]}"#,
    #"{"commands":["ConvertTo-SecureString \"PLANTED\" -AsPlainText -Force"]}"#,
    #"{"commands":["$p = ConvertTo-SecureString -String 'PLANTED' -AsPlainText -Force"]}"#,
    #"{"commands":["$p = ConvertTo-SecureString -AsPlainText 'PLANTED' -Force"]}"#,
    #"{"commands":["$password = \"PLANTED\""]}"#,
    #"{"commands":["$env:API_KEY=\"PLANTED\""]}"#,
    #"{"commands":["$env:API_KEY = \"PLANTED\""]}"#,
    #"{"commands":["Set-AWSCredential -AccessKey AKIAX -SecretKey PLANTED"]}"#,
    #"{"commands":["PGPASSWORD=PLANTED psql -h db"]}"#,
    #"{"commands":["export AWS_SECRET_ACCESS_KEY=PLANTED"]}"#,
    #"{"commands":["set X_TOKEN=PLANTED"]}"#,
    #"{"commands":["export SECRET_KEY=PLANTED"]}"#,
    #"{"commands":["export DB_PASS=PLANTED; ./run"]}"#,
    #"{"commands":["ACCESS_KEY='PLANTED' ./run"]}"#,
    #"{"commands":["aws configure set aws_secret_access_key PLANTED"]}"#,
    #"{"command":["aws","configure","set","aws_secret_access_key","PLANTED"]}"#,
    #"{"commands":["curl -H \"Authorization: Bearer PLANTED\" a.example"]}"#,
    #"{"commands":["curl -H 'Authorization:Bearer PLANTED' a.example"]}"#,
    #"{"commands":["curl --header \"X-Api-Key: PLANTED\" a.example"]}"#,
    #"{"commands":["curl -H 'X-Api-Key:PLANTED' a.example"]}"#,
    #"{"commands":["curl -H 'PRIVATE-TOKEN: PLANTED' a.example"]}"#,
    #"{"commands":["curl -H 'X-Vault-Token: PLANTED' a.example"]}"#,
    #"{"commands":["git clone https://ci:PLANTED@git.example/a.git"]}"#,
    #"{"commands":["git clone https://ghp_PLANTEDPLANTED@github.com/a/b"]}"#,
    #"{"commands":["curl --proxy-user ci:PLANTED a.example"]}"#,
    #"{"commands":["curl -U ci:PLANTED -x proxy a.example"]}"#,
    #"{"commands":["sshpass -p PLANTED ssh host"]}"#,
    #"{"commands":["sshpass -pPLANTED ssh host"]}"#,
    #"{"commands":["mysql -pPLANTED"]}"#,
    #"{"commands":["plink -pw PLANTED host"]}"#,
    #"{"commands":["net user svc PLANTED /add"]}"#,
    #"{"commands":["echo root:PLANTED | chpasswd"]}"#,
    #"{"commands":["echo PLANTED | docker login -u ci --password-stdin"]}"#,
    #"{"commands":["vault login hvs.PLANTED"]}"#,
    #"{"commands":["sqlplus system/PLANTED@db"]}"#,
    #"{"commands":["kubectl create secret generic a --from-literal=k=PLANTED"]}"#,
    #"{"commands":["smbclient -U ci%PLANTED //srv/a"]}"#,
    #"{"commands":["twine upload -u ci -p PLANTED dist"]}"#,
    #"{"commands":["openssl rsa -passin pass:PLANTED -in a"]}"#,
    #"{"commands":["openssl enc -aes-256-cbc -k PLANTED -in a -out b"]}"#,
    #"{"commands":["openssl aes-256-cbc -d -k PLANTED -in a"]}"#,
    #"{"command":["openssl","enc","-aes-128-cbc","-K","PLANTED","-iv","00","-in","a"]}"#,
    #"{"commands":["openssl enc -aes-256-cbc -pass pass:PLANTED -in a"]}"#,
    #"{"commands":["openssl dgst -sha256 -hmac PLANTED a"]}"#,
    #"{"commands":["openssl dgst -sha256 -mac HMAC -macopt hexkey:PLANTED a"]}"#,
    #"{"commands":["openssl passwd -6 -salt ab PLANTED"]}"#,
    #"{"commandLine":["mysql -uroot -pPLANTED"]}"#,
    #"{"content":"{\"mainSteps\":[{\"inputs\":{\"runCommand\":[\"mysql -uroot -pPLANTED\"]}}]}"}"#,
    #"{"content":"{\"mainSteps\":[{\"inputs\":{\"runCommand\":[\"x\",\"redis-cli -a PLANTED ping\"]}}]}"}"#,
    #"{"content":"mainSteps:\n- action: aws:runShellScript\n  inputs:\n    runCommand:\n    - mysql -uroot -pPLANTED\n"}"#,
    #"{"content":"mainSteps:\n- inputs:\n    runCommand:\n    - |\n      docker login -u ci -p PLANTED r.example\n"}"#,
    #"{"input":"{\"containerOverrides\":[{\"name\":\"a\",\"command\":[\"mysql\",\"-uroot\",\"-pPLANTED\"]}]}"}"#,
    #"{"targets":[{"id":"1","input":"{\"containerOverrides\":[{\"command\":[\"sh\",\"-c\",\"docker login -p PLANTED\"]}]}"}]}"#,
    #"{"overrides":"{\"containerOverrides\":[{\"name\":\"a\",\"environment\":[{\"name\":\"ANY\",\"value\":\"PLANTED\"}],\"command\":[\"x\"]}]}"}"#,
    #"{"definition":"{\"States\":{\"A\":{\"Parameters\":{\"ContainerOverrides\":{\"Command\":[\"mysql\",\"-pPLANTED\"]}}}}}"}"#,
    #"{"steps":"[{\"hadoopJarStep\":{\"args\":[\"--conf\",\"x\",\"--password\",\"PLANTED\"]}}]"}"#,
    #"{"steps":[{"hadoopJarStep":{"jar":"a","args":["bash","-c","mysql -pPLANTED"]}}]}"#,
    #"{"containerProperties":{"command":["mysql","-pPLANTED"]}}"#,
    #"{"input":"{\"commands\":\"{\\\"command\\\":[\\\"mysql\\\",\\\"-pPLANTED\\\"]}\"}"}"#,
    #"{"any":["docker","login","-u","x","-p","PLANTED"]}"#,
    #"{"any":["curl","-su","x:PLANTED"]}"#,
  ])
  func `a secret of a command is removed`(document: String) throws {
    let line = try Self.details(document)
    #expect(!line.contains("PLANTED") && line.contains(SecretScrubber.replacement))
  }

  @Test(arguments: [
    #"{"commands":["docker run --name mysql -p3306:3306 -d mysql"]}"#,
    #"{"commands":["docker run -d mysql -p3306:3306"]}"#,
    #"{"command":["docker","run","--name","mysql","-p3306:3306","mysql:8"]}"#,
    #"{"commands":["docker run --name mysql -p127.0.0.1:3306:3306/tcp mysql"]}"#,
    #"{"commands":["docker run -p 8080:80 nginx"]}"#,
    #"{"commands":["docker ps; login -p 1"]}"#,
    #"{"commands":["curl -sSLo /tmp/a https://a.example/x"]}"#,
    #"{"commands":["curl -fsS https://a.example/u"]}"#,
    #"{"commands":["curl -ou https://a.example/u"]}"#,
    #"{"commands":["$name = \"orders\""]}"#,
    #"{"commands":["export PATH_INFO=1 KEY_NAME=prod AWS_ACCESS_KEY_ID=AKIAX"]}"#,
    #"{"commands":["Get-Service `","  -Name a"]}"#,
    #"{"commands":["mysql orders `date`","nc -p8080"]}"#,
    #"{"commands":["net user"]}"#,
    #"{"commands":["net localgroup administrators svc /add"]}"#,
    #"{"commands":["ConvertTo-SecureString $p -Force"]}"#,
    #"{"commands":["vault login -method=aws role"]}"#,
    #"{"commands":["sqlplus / as sysdba"]}"#,
    #"{"content":"{\"mainSteps\":[{\"inputs\":{\"runCommand\":[\"mysql orders\",\"nc -p8080\"]}}]}"}"#,
    #"{"content":"mainSteps:\n- inputs:\n    runCommand:\n    - nc -p8080\n"}"#,
    #"{"input":"{\"containerOverrides\":[{\"name\":\"a\",\"command\":[\"sh\",\"-c\",\"ls -p\"]}]}"}"#,
    #"{"policyDocument":"{\"Statement\":[{\"Action\":\"ssm:SendCommand\",\"Effect\":\"Allow\",\"Resource\":\"*\"}]}"}"#,
    #"{"commands":["aws secretsmanager get-secret-value --secret-id orders"]}"#,
    #"{"commands":["openssl x509 -in a -noout"]}"#,
    #"{"commands":["openssl rsa -passin env:P -in a"]}"#,
    #"{"commands":["openssl enc -aes-256-cbc -kfile /run/k -pass file:/run/p -in a"]}"#,
    #"{"commands":["openssl req -new -key a.pem -keyout b.pem -nodes"]}"#,
    #"{"commands":["aws ecr get-login-password --region eu-west-1 | docker login -u AWS --password-stdin r.example"]}"#,
    #"{"commands":["echo $PASS | docker login -u AWS --password-stdin r.example"]}"#,
    #"{"commands":["echo done; cat users | chpasswd"]}"#, #"{"commands":["$password = Get-Content a"]}"#,
    #"{"input":"[\"command\"] mysql"}"#,
  ])
  func `what a command says besides stays`(document: String) throws {
    let line = try Self.details(document)
    #expect(!line.contains(SecretScrubber.replacement) && line.contains(document))
  }

  @Test func `of a document in a text only the secret is removed`() throws {
    let line = try Self.details(
      #"{"input":"{\"containerOverrides\":[{\"name\":\"app\",\"command\":[\"mysql\",\"-pPLANTED\"]}]}"}"#)
    #expect(line.contains(#"\"name\":\"app\",\"command\":[\"mysql\",\"[secret removed]\"]"#))
  }
}
