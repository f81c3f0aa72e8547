using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Gives equal texts the same small number, without making a string of them.</summary>
/// <remarks>An open table over one arena of bytes. The hash is keyed per process, so that nobody can prepare keys that collide.</remarks>
internal sealed class Utf8Interner(int limit)
{
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private byte[] _text = new byte[1 << 10];
    private int[] _ends = new int[1 << 6];
    private int[] _slots = new int[1 << 7];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int id] => _text.AsSpan(Start(id).._ends[id]);

    /// <returns>The number of the text, from 0; -1 when it is new and the table is full.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        var mask = _slots.Length - 1;
        var slot = (int)Hash(text) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var id = _slots[slot] - 1;
            if (this[id].SequenceEqual(text))
                return id;
        }

        if (Count == limit)
            return -1;
        Append(text);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Rehash();
        return Count - 1;
    }

    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private int Start(int id) => id == 0 ? 0 : _ends[id - 1];

    private void Append(ReadOnlySpan<byte> text)
    {
        var start = Start(Count);
        if (start + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, start + text.Length));
        if (Count == _ends.Length)
            Array.Resize(ref _ends, Count * 2);
        text.CopyTo(_text.AsSpan(start));
        _ends[Count++] = start + text.Length;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var id = 0; id < Count; id++)
        {
            var slot = (int)Hash(this[id]) & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = id + 1;
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = Seed ^ (ulong)text.Length;
        for (; text.Length >= 8; text = text[8..])
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text), 0x9E3779B97F4A7C15);
        ulong rest = 0;
        foreach (var b in text)
            rest = (rest << 8) | b;
        return Mix(hash ^ BitOperations.RotateLeft(rest, 17), 0xD6E8FEB86659FD93);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
