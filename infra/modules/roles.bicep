metadata description = 'What the identity may do, and nothing more. One assignment per resource and role.'

param hostAccountName string
param dataAccountName string
param namespaceName string
param vaultName string
param insightsName string
param principalId string

@description('Principal of a developer who may read and write the data; empty in production.')
param developerId string

@description('Whether the identity owns the namespace: needed only where scaling by queue length does not work with receiving alone.')
param serviceBusOwner bool

var role = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
  busSender: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39' // Azure Service Bus Data Sender
  busReceiver: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0' // Azure Service Bus Data Receiver
  busOwner: '090c5cfd-751d-490a-894a-3ce6f1109419' // Azure Service Bus Data Owner
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
}

var hostRoles = [role.blobOwner, role.queueContributor, role.tableContributor]
var dataRoles = [role.blobContributor, role.tableContributor]
var busRoles = serviceBusOwner ? [role.busOwner] : [role.busSender, role.busReceiver]

resource hostAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: hostAccountName }
resource dataAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: dataAccountName }
resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = { name: namespaceName }
resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = { name: vaultName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource onHost 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in hostRoles: {
    scope: hostAccount
    name: guid(hostAccount.id, principalId, each)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each)
    }
  }
]

resource onData 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in dataRoles: {
    scope: dataAccount
    name: guid(dataAccount.id, principalId, each)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each)
    }
  }
]

resource onBus 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in busRoles: {
    scope: namespace
    name: guid(namespace.id, principalId, each)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each)
    }
  }
]

resource onVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, role.secretsUser)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.secretsUser)
  }
}

resource onInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, principalId, role.metricsPublisher)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.metricsPublisher)
  }
}

resource ofDeveloper 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in dataRoles: if (!empty(developerId)) {
    scope: dataAccount
    name: guid(dataAccount.id, developerId, each)
    properties: {
      principalId: developerId
      principalType: 'User'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each)
    }
  }
]
