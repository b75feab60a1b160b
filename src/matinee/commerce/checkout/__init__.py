"""From a cart to an order, its payment, its delivery and its returns; every face sells through it.

cart ▶ checkout (prices frozen, a bill) ▶ payment ▶ order ▶ books ▶ parcels, returns, refunds. The
web, the Agentic Commerce Protocol and the Universal Commerce Protocol are faces over this.

Invariants: a bill's parts sum to its total in whole minor units, whatever the order of its lines;
what a buyer pays is what they last saw; stock is taken before money, and given back when the money
does not come; a checkout is paid once and becomes one order; refunds in parts that add up to the
order are the order, in the provider's books and in ours.
"""
