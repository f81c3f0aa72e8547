using System.Net;
using System.Net.Sockets;

namespace PLService.Api.Commands;

/// <summary>Finds a port on loopback.</summary>
internal static class FreePort
{
    /// <summary>The wanted port, or any other free one when it is taken.</summary>
    public static int Near(int wanted) => TryBind(wanted) ?? TryBind(0) ?? throw new InvalidOperationException("There is no free port on 127.0.0.1.");

    private static int? TryBind(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
