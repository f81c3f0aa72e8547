namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Finds a number by a 64-bit key: an open table that is cheap to clear and to ask.</summary>
internal sealed class KeyIndex
{
    private (ulong Key, int Value)[] _slots = new (ulong, int)[1 << 8];
    private int _count;

    /// <returns>The value kept under the key, or -1.</returns>
    public int Find(ulong key)
    {
        var slot = Slot(key);
        for (; _slots[slot].Value != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_slots[slot].Key == key)
                return _slots[slot].Value - 1;
        }

        return -1;
    }

    /// <summary>Keeps a value, from 0, under a key that is not there yet.</summary>
    public void Add(ulong key, int value)
    {
        if (++_count * 2 > _slots.Length)
        {
            var old = _slots;
            _slots = new (ulong, int)[old.Length * 2];
            foreach (var (k, v) in old)
            {
                if (v != 0)
                    Put(k, v);
            }
        }

        Put(key, value + 1);
    }

    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    private void Put(ulong key, int stored)
    {
        var slot = Slot(key);
        while (_slots[slot].Value != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        _slots[slot] = (key, stored);
    }

    // Keys are made of our own counters, so a plain multiplicative hash spreads them well enough.
    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 32) & (_slots.Length - 1);
}
