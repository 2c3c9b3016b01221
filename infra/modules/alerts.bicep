metadata description = 'Who is told what is wrong. infra/README.md says for each alert what to do.'

param prefix string
param location string
param tags object
param workspaceId string
param namespaceId string
param emails string[]
param monthlyBudget int
param budgetStart string

// Runs of functions come as requests or as in-process dependencies, by the version of the exporter.
var queries = [
  {
    name: 'heartbeat'
    severity: 1
    text: 'No collection has run for 30 minutes: the timers, the queue or the application stand still.'
    query: 'union AppRequests, AppDependencies | where Name matches regex @"(^|\\s)collect$" and Success == true | summarize runs = count()'
    column: 'runs'
    operator: 'LessThan'
    threshold: 1
    window: 'PT30M'
  }
  {
    name: 'given-up'
    severity: 2
    text: 'A job was given up, or a page failed: the log says which and why.'
    query: 'AppTraces | where SeverityLevel >= 3 | summarize errors = count()'
    column: 'errors'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'failures'
    severity: 2
    text: 'Functions fail, or many jobs are tried again.'
    query: 'union (AppRequests | where Success == false), (AppDependencies | where DependencyType == "InProc" and Success == false), (AppTraces | where SeverityLevel == 2 and Message has "failed at try") | summarize failures = count()'
    column: 'failures'
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT15M'
  }
]

var metrics = [
  {
    name: 'dead-letters'
    severity: 2
    text: 'A queue holds dead letters: work that was given up and waits to be looked at.'
    metric: 'DeadletteredMessages'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'queue-age'
    severity: 2
    text: 'A queue does not get empty: more than a round of work has been waiting for half an hour.'
    metric: 'ActiveMessages'
    threshold: 500
    window: 'PT30M'
  }
]

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${prefix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'pharos'
    enabled: true
    emailReceivers: [
      for (address, index) in emails: { name: 'reader-${index}', emailAddress: address, useCommonAlertSchema: true }
    ]
  }
}

resource query 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for each in queries: {
    name: '${prefix}-${each.name}'
    location: location
    tags: tags
    properties: {
      displayName: '${prefix} ${each.name}'
      description: each.text
      severity: each.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      // The tables come with the first telemetry; the rule may be older.
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: each.query
            metricMeasureColumn: each.column
            timeAggregation: 'Total'
            operator: each.operator
            threshold: each.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [team.id] }
    }
  }
]

resource metric 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for each in metrics: {
    name: '${prefix}-${each.name}'
    location: 'global'
    tags: tags
    properties: {
      description: each.text
      severity: each.severity
      enabled: true
      scopes: [namespaceId]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: each.name
            metricName: each.metric
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            operator: 'GreaterThan'
            threshold: each.threshold
            timeAggregation: 'Minimum'
            dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          }
        ]
      }
      actions: [{ actionGroupId: team.id }]
    }
  }
]

resource health 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: '${prefix}-resource-health'
  location: 'global'
  tags: tags
  properties: {
    description: 'Azure says that a resource of the group is ill.'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'ResourceHealth' }
        { field: 'properties.currentHealthStatus', equals: 'Unavailable' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: team.id }] }
  }
}

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = if (monthlyBudget > 0) {
  name: '${prefix}-budget'
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: monthlyBudget
    timePeriod: { startDate: budgetStart }
    notifications: {
      spent: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: emails }
      forecast: { enabled: true, operator: 'GreaterThan', threshold: 120, thresholdType: 'Forecasted', contactEmails: emails }
    }
  }
}
