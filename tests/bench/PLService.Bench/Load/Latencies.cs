using System.Numerics;

namespace PLService.Bench.Load;

/// <summary>A histogram of latencies with 64 buckets per power of two: at most 1.6 % off, from 1 microsecond to over an hour.</summary>
internal sealed class Latencies
{
    private const int SubBits = 6;
    private const int Sub = 1 << SubBits;
    private readonly long[] _buckets = new long[Sub * (33 - SubBits)];

    public long Count { get; private set; }

    public void Add(TimeSpan latency)
    {
        var microseconds = (uint)Math.Clamp(latency.TotalMicroseconds, 0, uint.MaxValue);
        _buckets[BucketOf(microseconds)]++;
        Count++;
    }

    public void Add(Latencies other)
    {
        for (var i = 0; i < _buckets.Length; i++)
            _buckets[i] += other._buckets[i];
        Count += other.Count;
    }

    /// <summary>The latency, in milliseconds, that this share of all did not exceed; 0 when there are none.</summary>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var i = 0; i < _buckets.Length && Count > 0; i++)
        {
            seen += _buckets[i];
            if (seen >= Math.Max(rank, 1))
                return MiddleOf(i) / 1_000.0;
        }

        return 0;
    }

    // Below 128 microseconds a bucket is one microsecond; above, the six bits after the leading one choose it.
    private static int BucketOf(uint value)
    {
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - SubBits);
        return (shift * Sub) + (int)(value >> shift);
    }

    private static double MiddleOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / Sub) - 1);
        var low = (double)((bucket - (shift * Sub)) * (1L << shift));
        return low + (((1L << shift) - 1) / 2.0);
    }
}
