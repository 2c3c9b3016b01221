using 'main.bicep'

param environmentName = 'dev'
param contact = 'ops@example.org'
param zoneRedundant = false
param monthlyBudget = 30
param rawDays = 7
