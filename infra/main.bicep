metadata description = 'Pharos on Azure: everything one resource group needs.'

targetScope = 'resourceGroup'

@description('Short name of the environment, part of every name.')
@minLength(2)
@maxLength(10)
param environmentName string

@description('Region of everything that has one.')
param location string = resourceGroup().location

@description('Tags on every resource, beside the name of the environment.')
param tags object = {}

@description('Address that operators of the public platforms can write to; sent with every request to them.')
param contact string

@description('Who is told when an alert fires.')
param alertEmails string[] = [contact]

@description('Address under which readers reach the reports; empty for the one that Azure gives.')
param baseAddress string = ''

@description('Copies in three zones of storage and application, where the region has them.')
param zoneRedundant bool = true

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances per function; the smallest that Azure takes is 40.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances for HTTP that never sleep; each costs whether it is used or not.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most GB of logs a day; above it they are dropped until midnight, the heartbeat alert with them.')
@minValue(1)
param logDailyCapGb int = 1

@description('Days that raw answers of the sources are kept; 0 keeps them for ever.')
@minValue(0)
param rawDays int = 30

@description('Own domain that letters come from; empty for one that Azure manages, which takes few letters an hour.')
param emailDomain string = ''

@description('Set to true in a second deployment, once the DNS records of the own domain are verified.')
param emailLinkDomain bool = false

@description('Where letters are kept at rest; fixed at creation.')
param emailDataLocation string = 'Europe'

@description('Client id of the Entra application whose secret is the SMTP password; empty until there is one, and letters wait.')
param smtpApplicationId string = ''

@description('US dollars or the currency of the bill a month, above which the readers of alerts are told; 0 for none.')
@minValue(0)
param monthlyBudget int = 50

@description('First month of the budget, its first day.')
param budgetStart string = '2026-12-01'

@description('Storage, queues and vault without public endpoints, reached through a network of our own. Service Bus is then Premium, about 680 USD a month.')
param privateNetwork bool = false

@description('Addresses of the private network; the two subnets take the first two /24.')
param networkPrefix string = '10.70.0.0/16'

@description('Start on a prepared worker. Turn off where an instance ends with exit code 139.')
param usePlaceholder bool = true

@description('Let the application own the namespace. Turn on only where queues do not wake it.')
param serviceBusOwner bool = false

@description('Object id of a developer who may read and write the data; empty in production.')
param developerId string = ''

var token = toLower(uniqueString(resourceGroup().id, environmentName, location))
var prefix = 'pharos-${environmentName}-${token}'
var accountToken = take('${toLower(replace(environmentName, '-', ''))}${token}', 18)
var allTags = union(tags, { application: 'pharos', 'azd-env-name': environmentName })
var storageSku = zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
var smtpUser = 'pharos-${environmentName}'
var hostAccountName = 'phhost${accountToken}'
var dataAccountName = 'phdata${accountToken}'
var insightsName = 'appi-${prefix}'
var namespaceName = 'sb-${prefix}'
var vaultName = take('kv-${environmentName}-${token}', 24)
// Known before anything is made, as the loops of the network need them.
var hostAccountId = resourceId('Microsoft.Storage/storageAccounts', hostAccountName)
var dataAccountId = resourceId('Microsoft.Storage/storageAccounts', dataAccountName)
var namespaceId = resourceId('Microsoft.ServiceBus/namespaces', namespaceName)
var vaultId = resourceId('Microsoft.KeyVault/vaults', vaultName)
var secretName = 'smtp-password'
var packages = 'app-package'

module identity 'modules/identity.bicep' = {
  params: { name: 'id-${prefix}', location: location, tags: allTags }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: 'log-${prefix}'
    insightsName: insightsName
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module hostStorage 'modules/storage.bicep' = {
  params: {
    name: hostAccountName
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    sku: storageSku
    isPublic: !privateNetwork
    containers: [packages]
    tables: []
  }
}

module dataStorage 'modules/storage.bicep' = {
  params: {
    name: dataAccountName
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    sku: storageSku
    isPublic: !privateNetwork
    containers: ['pharos']
    tables: [
      'assessments'
      'checkpoints'
      'events'
      'expected'
      'guard'
      'heads'
      'latest'
      'norms'
      'observed'
      'outbox'
      'raw'
      'readings'
      'rejects'
      'reports'
      'roster'
      'sources'
      'subscribers'
      'told'
    ]
    rawDays: rawDays
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  params: {
    name: namespaceName
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    isPublic: !privateNetwork
    queues: [
      { name: 'collect', sessions: true }
      { name: 'score', sessions: true }
      { name: 'report', sessions: true }
      { name: 'deliver', sessions: false }
      { name: 'sweep', sessions: false }
    ]
  }
}

module keyVault 'modules/keyvault.bicep' = {
  params: {
    name: vaultName
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    isPublic: !privateNetwork
  }
}

module email 'modules/email.bicep' = {
  params: {
    name: 'acs-${prefix}'
    tags: allTags
    dataLocation: emailDataLocation
    domain: emailDomain
    linkDomain: emailLinkDomain
    smtpApplicationId: smtpApplicationId
    smtpUser: smtpUser
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    addressPrefix: networkPrefix
    targets: [
      { name: 'host-blob', id: hostAccountId, group: 'blob' }
      { name: 'host-queue', id: hostAccountId, group: 'queue' }
      { name: 'host-table', id: hostAccountId, group: 'table' }
      { name: 'data-blob', id: dataAccountId, group: 'blob' }
      { name: 'data-table', id: dataAccountId, group: 'table' }
      { name: 'bus', id: namespaceId, group: 'namespace' }
      { name: 'vault', id: vaultId, group: 'vault' }
    ]
  }
  dependsOn: [hostStorage, dataStorage, serviceBus, keyVault]
}

module roles 'modules/roles.bicep' = {
  params: {
    hostAccountName: hostAccountName
    dataAccountName: dataAccountName
    namespaceName: namespaceName
    vaultName: vaultName
    insightsName: insightsName
    principalId: identity.outputs.principalId
    developerId: developerId
    serviceBusOwner: serviceBusOwner
  }
  dependsOn: [monitoring, hostStorage, dataStorage, serviceBus, keyVault]
}

module app 'modules/functionapp.bicep' = {
  params: {
    name: 'func-${prefix}'
    planName: 'plan-${prefix}'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    identityId: identity.outputs.id
    packageContainer: '${hostStorage.outputs.blobEndpoint}${packages}'
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    settings: {
      AzureWebJobsStorage__accountName: hostAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.outputs.clientId
      AzureWebJobsDisableHomepage: 'true'
      ServiceBusConnection__fullyQualifiedNamespace: serviceBus.outputs.host
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identity.outputs.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
      AZURE_CLIENT_ID: identity.outputs.clientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: usePlaceholder ? '1' : '0'
      PHAROS_STORAGE: dataAccountName
      PHAROS_CONTACT: contact
      PHAROS_MAIL_FROM: email.outputs.from
      PHAROS_BASE_ADDRESS: empty(baseAddress) ? 'https://func-${prefix}.azurewebsites.net' : baseAddress
      PHAROS_SMTP_HOST: empty(smtpApplicationId) ? '' : 'smtp.azurecomm.net'
      PHAROS_SMTP_USER: smtpUser
      PHAROS_SMTP_PASSWORD: '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/${secretName})'
    }
  }
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    namespaceId: serviceBus.outputs.id
    emails: alertEmails
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

@description('Name of the application, for az functionapp deployment.')
output appName string = app.outputs.name

@description('Where the application answers.')
output address string = app.outputs.address

@description('The account with tables and raw answers: what PHAROS_STORAGE is set to.')
output dataAccount string = dataAccountName

@description('The Service Bus namespace.')
output serviceBusNamespace string = namespaceName

@description('The vault that the SMTP password goes into, as secret smtp-password.')
output vault string = vaultName

@description('The mail relay, on which the Entra application of SMTP needs the role Communication and Email Service Owner.')
output mailRelay string = email.outputs.relayName

@description('The workspace with the logs.')
output workspaceId string = monitoring.outputs.workspaceId
