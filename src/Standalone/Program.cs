using System.CommandLine;
using Pharos.Standalone;

var root = new RootCommand("""
    Pharos tells when a country drops off the Internet, and that it is about to: from public measurements, every five minutes, with the evidence shown.

    Examples:
      pharos replay north-korea-2014 --out out      December 2014 as it would have been seen
      pharos serve                                  watch the world; reports on http://127.0.0.1:8080
      pharos doctor                                 what is missing before serve can work
    """)
{
    ReplayVerb.Command(),
    ServeVerb.Command(),
    WhyVerb.Command(),
    InspectVerb.Command(),
    SubscribeVerb.Command(),
    EvaluateVerb.Command(),
    BgpVerb.Command(),
    DoctorVerb.Command(),
};
return await root.Parse(args).InvokeAsync();
