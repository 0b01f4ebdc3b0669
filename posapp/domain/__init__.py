"""Words and rules of the trade as plain values; knows no database, no paper and no window.

`base` has the values that every part is made of: they read what people type and say in one sentence what is
wrong with it. Each other folder is a part of the trade.

**Words.** Code, screens, commands and papers use these and no others:

    business        the shop: name, region (for phones), currency, locale, time zone, hour of the cut-over
    till            one computer at a counter; its settings live on it
    customer        an account with the business, known by its phone, with a PL ID; people on it are contacts
    phone           a number in canonical form that belongs to one customer; a former one finds its owner
    alias           an ID that once meant a customer and still finds it; like merging and archiving
                    customers it is read, so that such records are understood, and not yet made
    booking B1      a promised time for a customer, with a service and a person or bench
    service         what can be booked as work: name, length, price
    walk-in         somebody who came without a booking and waits in the queue
    ticket T1       a repair job of one customer, with one or more devices
    device          a thing with make, model, serial or IMEI, and a history across tickets and owners
    estimate        a priced version of a ticket's lines, which the customer approves up to a limit
    item            goods, a part or a service with a price; its stock is the sum of its moves
    tax             what an item bears, by a rate from a day on that may have parts
    loaner          a device that the shop lends while it repairs the customer's own
    shift Z1        a drawer's time from float to count; X reads it while it is open, Z is how it ended
    paper           slip, claim ticket, estimate, label, hand-back, X, Z; all are documents
    journal         the record of who did what, chained by hash, to which is only added
    kiosk           the customers' own view: a code from the counter lets one in, once, and whoever comes
                    without one and is unknown is an arrival that waits for the clerk's nod
    desk            a part of the trade with its public calls (`posapp.services`); the clerk's screen of that
                    name is the front desk in code

**Rules that hold at every moment.** Each is a constraint of the database where one can express it, is kept
inside the writing transaction, and is computed anew by `posapp verify`:

 1. A canonical phone belongs to at most one customer of a business. Finding or making a customer by phone is
    one operation, also when two tills do it at once. Whoever ends or passes on the last number of a customer
    leaves the reason why there is none.
 2. Every customer has a PL ID, drawn from the counter of the business in the transaction that inserts the
    customer. None is used twice, not after an archive, an undo or a restore; a gap exists only where the
    journal explains it.
 3. Bookings and tickets point to a customer that exists. A customer with a history is never deleted.
 4. Money is integers in the currency's minor unit, rounded half away from zero. A stored amount is what
    screens and papers show; nothing is computed a second way.
 5. Corrections are new records: an issued number, a closed shift and the journal are never edited.
 6. B, T and Z numbers are drawn at commit, for each business, without holes but those the journal explains.
 7. Times are UTC. A booking also keeps its wall clock and zone, which win if the rules of the zone change.
    The business day is fixed when a record is written; within a shift it never falls behind.
 8. A paper can be printed again exactly as it was.
 9. Two bookings never take more of a person or bench than its capacity.
10. The stock of an item is the sum of its moves and never below zero.
11. A journal that was emptied, cut, altered, replaced or rebuilt is found, and so is a record that was
    changed without an entry.
12. A draft, a backup and a paper name the shop they belong to; none is taken for another shop's without
    asking. A restore sets each counter to the higher of both, and asks where one cannot be read.

**People who share or change numbers.** The phone names the account; a second name on it becomes a contact and
never overwrites the first. A number that ended stays searchable as former. A number that another person has
now leaves its account, and the new person gets a new PL ID.
"""
