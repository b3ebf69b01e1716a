/** A policy to begin with, as YAML with comments. It says everything that a policy can say. */
export const policyExample = `# What an assistant may do besides reading: all that is granted stands in this file, which the assistant cannot change.
# It belongs into policy.yaml in your configuration folder, for yourself alone (chmod 600), and is read when it starts.

# The only folder that files are saved into and sent from, absolute or beginning with ~; without it no files are touched.
attachments: ~/Documents/assistant

# By the names of your profiles. One that is not here may be read, and nothing else.
profiles:
  work:
    # write changes what can be taken back; send reaches other people; delete cannot be taken back. Default: none.
    allow: [write, send]
    # Whom it may write to by itself, besides your own address: addresses and domains; "*." is all below a domain.
    recipients: [bob@partner.example]
    domains: [example.com, "*.example.org"]
    # Calendars besides your main one whose readers may see what it writes, by their ids.
    calendars: [team@group.calendar.example]
    # What would reach anybody else: confirm (you are asked; the default), refuse, or allow. Even with allow you are asked
    # once it has read what somebody else wrote.
    others: confirm
    # What you are asked about each time, whoever it reaches. Default: [delete].
    confirm: [delete]
    # Where you are asked: terminal (the default), by maigic-integrations approve, or client, the assistant's own program.
    ask: terminal
    # How often a day at most. Default: any number.
    daily: { send: 20, write: 200, delete: 5 }

  # Read, and nothing else.
  personal: {}
`;
