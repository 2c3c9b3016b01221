namespace Pharos.Web; internal static class X;
