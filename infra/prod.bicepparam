using 'main.bicep'

param environmentName = 'prod'
param contact = 'ops@example.org'
param alertEmails = ['ops@example.org', 'oncall@example.org']
param alwaysReadyHttp = 1
param monthlyBudget = 100
param logRetentionDays = 90
param emailDomain = 'pharos.example.org'
param emailLinkDomain = false
param tags = { owner: 'ops' }
