metadata description = 'Azure Communication Services as the mail relay. An own domain is linked in a second deployment, once its DNS records are verified.'

param name string
param tags object

@description('Where letters are kept at rest.')
param dataLocation string

@description('Own domain, or empty for one that Azure manages, which has low quotas.')
param domain string

@description('Whether the domain is linked. An own domain that is not verified cannot be.')
param linkDomain bool

@description('Client id of the Entra application whose secret is the SMTP password; empty until there is one.')
param smtpApplicationId string

@description('What the relay knows the sender as.')
param smtpUser string

var managed = empty(domain)

resource service 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: 'mail-${name}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource sending 'Microsoft.Communication/emailServices/domains@2025-09-01' = {
  parent: service
  name: managed ? 'AzureManagedDomain' : domain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: managed ? 'AzureManaged' : 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-09-01' = if (!managed && linkDomain) {
  parent: sending
  name: 'pharos'
  properties: { username: 'pharos', displayName: 'Pharos' }
}

resource relay 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: managed || linkDomain ? [sending.id] : []
  }
}

resource smtp 'Microsoft.Communication/communicationServices/smtpUsernames@2025-09-01' = if (!empty(smtpApplicationId)) {
  parent: relay
  name: smtpUser
  properties: {
    username: smtpUser
    entraApplicationId: smtpApplicationId
    tenantId: tenant().tenantId
  }
}

output from string = managed ? 'DoNotReply@${sending.properties.mailFromSenderDomain}' : 'pharos@${domain}'
output relayName string = relay.name
