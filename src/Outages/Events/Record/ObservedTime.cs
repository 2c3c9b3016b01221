namespace Pharos.Outages;

/// <summary>How long a country was observed: time in which too little was seen to judge does not count, neither as up nor as down.</summary>
/// <param name="Days">Whole days of record.</param>
/// <param name="Hours30">Hours judged in the last 30 days; null with less than 30 days of record.</param>
/// <param name="Hours365">Hours judged in the last 365 days or as long as there is a record; null with less than 30 days of record.</param>
/// <param name="Share365">Share of those days that was judged, 0 to 1.</param>
public sealed record ObservedTime(int Days, double? Hours30, double? Hours365, double Share365);
