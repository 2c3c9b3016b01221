metadata description = 'The namespace and its queues. Sessions and duplicate detection are fixed at creation: a change is a new queue.'

param name string
param location string
param tags object
param workspaceId string

@description('Whether the namespace has a public endpoint; without one it is Premium, which alone has private endpoints.')
param isPublic bool

@description('A queue per kind of job; those with sessions keep the order of a source or a country.')
param queues { name: string, sessions: bool }[]

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: isPublic ? { name: 'Standard', tier: 'Standard' } : { name: 'Premium', tier: 'Premium', capacity: 1 }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for each in queues: {
    parent: namespace
    name: each.name
    properties: {
      requiresSession: each.sessions
      // An id is remembered for a day: the same work enqueued again is dropped.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'P1D'
      // The host renews the lock while a function runs; a worker that dies gives it back after five minutes.
      lockDuration: 'PT5M'
      maxDeliveryCount: 5
      defaultMessageTimeToLive: 'P3D'
      deadLetteringOnMessageExpiration: true
      enablePartitioning: false
      enableBatchedOperations: true
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = namespace.id
output host string = '${namespace.name}.servicebus.windows.net'
