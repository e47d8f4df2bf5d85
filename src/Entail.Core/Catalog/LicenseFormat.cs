using System.Collections.Immutable;
using Entail.Core.Model;

namespace Entail.Core.Catalog;

/// <summary>A license as a block of the compiled catalog.</summary>
internal static class LicenseFormat
{
    public static void Write(BinaryWriter to, License license)
    {
        to.Write(license.Id);
        to.Write(license.Name);
        to.Write(license.Version);
        to.Write(license.Date);
        to.Write(license.Family);
        to.WriteEnums(license.Covers);
        to.Write(license.Url);
        to.WriteStrings(license.Ids.Spdx);
        to.WriteStrings(license.Ids.Scancode);
        to.WriteStrings(license.Ids.HuggingFace);
        to.WriteStrings(license.Ids.Ollama);
        to.WriteStrings(license.Ids.Other);
        to.WriteStrings(license.Ids.Urls);
        to.WriteOptional(license.Ids.HubTag);
        to.WriteEnum(license.Silence);
        to.WriteList(license.Documents, d => Write(to, d));
        to.WriteList(license.Rules, r => Write(to, r));
        to.Write(license.Unread is not null);
        if (license.Unread is { } policy)
        {
            to.Write(policy.Title);
            to.Write(policy.Url);
            to.WriteStrings(policy.IncorporatedBy);
        }
        to.WriteStrings(license.Supersedes);
    }

    public static License Read(BinaryReader from) =>
        new License(
            from.ReadString(),
            from.ReadText(),
            from.ReadString(),
            from.ReadDate(),
            from.ReadString(),
            from.ReadEnums<Part>(),
            from.ReadString(),
            new ForeignIds(
                from.ReadStrings(),
                from.ReadStrings(),
                from.ReadStrings(),
                from.ReadStrings(),
                from.ReadStrings(),
                from.ReadStrings(),
                from.ReadOptional()
            ),
            from.ReadEnum<Silence>(),
            from.ReadList(() => ReadDocument(from)),
            from.ReadList(() => ReadRule(from)),
            from.ReadBoolean() ? new UnreadPolicy(from.ReadText(), from.ReadString(), from.ReadStrings()) : null,
            from.ReadStrings()
        ).Printed();

    private static void Write(BinaryWriter to, Document document)
    {
        to.Write(document.Id);
        to.Write(document.Title);
        to.Write(document.TextKey);
        to.Write(document.Sha256);
        to.Write7BitEncodedInt(document.Normalization);
        to.Write7BitEncodedInt(document.Words);
        to.Write(document.Pinned);
        to.WriteOptional(document.Url);
        to.WriteStrings(document.IncorporatedBy);
        to.WriteList(
            document.Clauses,
            c =>
            {
                to.Write(c.Id);
                to.Write7BitEncodedInt(c.Start);
                to.Write7BitEncodedInt(c.End);
                to.Write(c.Summary);
                to.WriteOptional(c.NoEffect);
                to.Write(c.Print);
            }
        );
        to.WriteStrings(document.Copies);
        to.Write(document.ReadOn);
    }

    private static Document ReadDocument(BinaryReader from) =>
        new(
            from.ReadString(),
            from.ReadText(),
            from.ReadString(),
            from.ReadString(),
            from.Read7BitEncodedInt(),
            from.Read7BitEncodedInt(),
            from.ReadDate(),
            from.ReadOptional(),
            from.ReadStrings(),
            from.ReadList(() =>
                new Clause(
                    from.ReadString(),
                    from.Read7BitEncodedInt(),
                    from.Read7BitEncodedInt(),
                    from.ReadText(),
                    from.ReadOptional(),
                    from.ReadUInt64()
                )
            ),
            from.ReadStrings(),
            from.ReadDate()
        );

    private static void Write(BinaryWriter to, Rule rule)
    {
        to.Write(rule.Id);
        Write(to, rule.Effect);
        to.WriteEnums(rule.Acts);
        to.WriteEnums(rule.Of);
        to.Write(rule.When.ToString()!);
        to.WriteEnums(rule.MadeBy);
        to.WriteEnum(rule.Reach);
        to.WriteEnum(rule.Certainty);
        to.WriteEnums(rule.Parts);
        to.WriteStrings(rule.Clauses);
        to.Write(rule.Summary);
    }

    private static Rule ReadRule(BinaryReader from) =>
        new(
            from.ReadString(),
            ReadEffect(from),
            from.ReadEnums<Act>(),
            from.ReadEnums<Subject>(),
            GuardParser.TryParse(from.ReadString(), out var guard, out _) ? guard : throw new InvalidDataException("a guard is damaged"),
            from.ReadEnums<Act>(),
            from.ReadEnum<Reach>(),
            from.ReadEnum<Certainty>(),
            from.ReadEnums<Part>(),
            from.ReadStrings(),
            from.ReadText()
        );

    private static void Write(BinaryWriter to, Effect effect)
    {
        switch (effect)
        {
            case Effect.Grant grant:
                to.Write((byte)0);
                to.WriteStrings(grant.Overrides);
                break;
            case Effect.Prohibit prohibit:
                to.Write((byte)1);
                to.Write(prohibit.Way);
                break;
            case Effect.Threshold threshold:
                to.Write((byte)2);
                to.Write(threshold.Way);
                break;
            case Effect.Owe owe:
                to.Write((byte)3);
                to.Write(owe.Duty);
                to.Write(owe.Before);
                to.WriteOptional(owe.Form);
                to.WriteOptional(owe.Words);
                to.WriteOptional(owe.Position);
                to.WriteStrings(owe.Where);
                to.WriteStrings(owe.Accepts);
                break;
            case Effect.Restrict restrict:
                to.Write((byte)4);
                to.WriteStrings([.. restrict.Uses.Select(u => u.ToString())]);
                break;
            case Effect.Pass pass:
                to.Write((byte)5);
                to.WriteEnum(pass.As);
                break;
            case Effect.Terms terms:
                to.Write((byte)6);
                to.Write(terms.AnyLicense);
                to.Write(terms.KeepRestrictions);
                to.Write(terms.Layer);
                break;
            case Effect.Own own:
                to.Write((byte)7);
                to.Write(own.What);
                to.Write(own.By);
                break;
            case Effect.Terminate terminate:
                to.Write((byte)8);
                to.Write(terminate.Risk);
                break;
            case Effect.Warn warn:
                to.Write((byte)9);
                to.Write(warn.Risk);
                break;
            case Effect.Outside:
                to.Write((byte)10);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Effect ReadEffect(BinaryReader from) =>
        from.ReadByte() switch
        {
            0 => new Effect.Grant(from.ReadStrings()),
            1 => new Effect.Prohibit(from.ReadBoolean()),
            2 => new Effect.Threshold(from.ReadBoolean()),
            3 => new Effect.Owe(
                from.ReadString(),
                from.ReadBoolean(),
                from.ReadOptional(),
                from.ReadOptional(),
                from.ReadOptional(),
                from.ReadStrings(),
                from.ReadStrings()
            ),
            4 => new Effect.Restrict([
                .. from.ReadStrings()
                    .Select(u => Restriction.TryParse(u, out var use) ? use : throw new InvalidDataException("a restriction is damaged")),
            ]),
            5 => new Effect.Pass(from.ReadEnum<Passing>()),
            6 => new Effect.Terms(from.ReadBoolean(), from.ReadBoolean(), from.ReadBoolean()),
            7 => new Effect.Own(from.ReadString(), from.ReadString()),
            8 => new Effect.Terminate(from.ReadString()),
            9 => new Effect.Warn(from.ReadString()),
            10 => new Effect.Outside(),
            _ => throw new InvalidDataException("an effect is damaged"),
        };
}
