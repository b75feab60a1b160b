// What is sold in films: shops, products, baskets and orders.

import { asking, part, read, sent, tell } from './http';
import type { Price } from './money';

export type { Price };

export interface Shop {
  id: string;
  handle: string;
  name: string;
  currency: string;
  currencies: string[];
  policies: { returns_days: number; returns_text: string; privacy_url: string; terms_url: string; support_email: string };
  /** Of one's own only. */
  commission_bps?: number;
}

export interface Variant {
  id: string;
  sku: string;
  title: string;
  options: Record<string, string>;
  prices: Price[];
  list_prices: Price[];
  available: boolean;
  /** Of one's own shop only; null is not counted. */
  stock: number | null;
  when_out: 'deny' | 'continue';
  barcode: string;
  weight_g: number;
}

export interface Product {
  id: string;
  shop_id: string;
  title: string;
  description: string;
  brand: string;
  options: { name: string; values: string[] }[];
  media: { id: string; kind: 'image' | 'video'; url: string | null; film_id: string | null; alt: string }[];
  variants: Variant[];
  facts: Record<string, string>;
  state: 'draft' | 'live' | 'withdrawn';
  version: number;
  category: string[];
  tags: string[];
  tax_class: string;
}

/** Something that a film shows, as its manifest names it. */
export interface Thing {
  kind: string;
  name: string;
}

export interface Tagged {
  product: Product;
  shop: Shop;
  thing: Thing | null;
  /** Milliseconds; none is the whole film. */
  runs_ms: [number, number][];
}

export interface Rate {
  id: string;
  title: string;
  kind: string;
  price: Price;
  min_days: number;
  max_days: number;
  free_from: Price | null;
}

export interface Line {
  id: string;
  variant_id: string;
  product_id: string;
  title: string;
  quantity: number;
  unit: Price;
  base: Price;
  discount: Price;
  total: Price;
}

export interface Address {
  country: string;
  name: string;
  line_one: string;
  line_two: string;
  city: string;
  region: string;
  postal_code: string;
}

export interface Buyer {
  email: string;
  first_name: string;
  last_name: string;
  phone: string;
}

interface Totals {
  goods: Price;
  discount: Price;
  shipping: Price | null;
  tax: Price;
  tax_inside: Price;
  total: Price;
}

export interface Remark {
  kind: 'info' | 'warning' | 'error';
  code: string;
  text: string;
  line_id: string | null;
}

export interface Checkout {
  id: string;
  shop_id: string;
  status: 'cart' | 'open' | 'paying' | 'asking' | 'completed' | 'cancelled' | 'expired';
  ready: boolean;
  currency: string;
  lines: Line[];
  buyer: Buyer;
  address: Address | null;
  rate_id: string | null;
  rates: Rate[];
  codes: string[];
  discounts: { code: string; amount: Price; free_shipping: boolean }[];
  totals: Totals;
  remarks: Remark[];
  order_id: string | null;
  action: string | null;
  test_mode: boolean;
}

export interface Parcel {
  id: string;
  units: Record<string, number>;
  carrier: string;
  number: string;
  url: string;
  shipped_at: string;
  delivered_at: string | null;
}

export interface Return {
  id: string;
  units: Record<string, number>;
  reason: string;
  state: 'requested' | 'approved' | 'refused' | 'received';
  answer: string;
}

export interface Order {
  id: string;
  number: number;
  shop_id: string;
  status: 'confirmed' | 'partly_shipped' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';
  lines: Line[];
  buyer: Buyer;
  address: Address | null;
  rate: Rate | null;
  totals: Totals;
  refunded: Price;
  parcels: Parcel[];
  returns: Return[];
  refunds: { id: string; amount: Price; reason: string; state: 'ordered' | 'done' | 'failed' }[];
  placed_at: string;
}

/** The film in which something was seen: it gets its part of the sale. */
export interface Touch {
  film_id: string;
  post_id?: string | undefined;
  product_id?: string;
}

export interface Basket {
  lines?: { variant_id: string; quantity: number }[];
  currency?: string;
  buyer?: Partial<Buyer>;
  address?: Partial<Address> & { country: string };
  rate_id?: string;
  codes?: string[];
  touches?: Touch[];
  locale?: string;
}

export interface Connection {
  id: string;
  kind: string;
  address: string;
  state: 'active' | 'paused' | 'refused';
  read_until: string | null;
  reading: boolean;
  fault: string | null;
  waiting: number;
  failed: number;
}

export interface Difference {
  id: string;
  product_id: string;
  what: string;
  ours: unknown;
  theirs: unknown;
}

export interface Errand {
  id: string;
  kind: string;
  state: 'waiting' | 'done' | 'failed';
  fault: string | null;
}

export const tagged = (film: string) =>
  read<{ products: Tagged[] }>(`/api/films/${part(film)}/products`).then((found) => found.products);
export const tag = (film: string, product: string, thing: Thing | null) =>
  read<Tagged>(`/api/films/${part(film)}/products/${part(product)}`, sent('PUT', { thing }));
export const untag = (film: string, product: string) =>
  tell('DELETE', `/api/films/${part(film)}/products/${part(product)}`);
export const thingsIn = (film: string) =>
  read<{ things: Thing[] }>(`/api/films/${part(film)}/attribution`).then((found) => found.things);

export const shop = (id: string) => read<Shop>(`/api/shops/${part(id)}`);
export const product = (id: string) => read<Product>(`/api/products/${part(id)}`);
export const termsOf = (id: string) =>
  read<{ zones: { countries: string[] }[] }>(`/api/shops/${part(id)}/terms`);
export const findProducts = (q: string) =>
  read<{ answers: { product: Product; shop: Shop }[] }>(asking('/api/products', { q }));

// A basket that says its own name is made once, however often it is sent.
const once = (body: unknown, key: string): RequestInit => {
  const request = sent('POST', body);
  return { ...request, headers: { ...request.headers, 'idempotency-key': key } };
};
export const carts = () => read<Checkout[]>('/api/carts');
export const beginCart = (basket: Basket, key: string) => read<Checkout>('/api/carts', once(basket, key));
export const putCart = (id: string, basket: Basket) =>
  read<Checkout>(`/api/carts/${part(id)}`, sent('PUT', basket));
export const dropCart = (id: string) => tell('DELETE', `/api/carts/${part(id)}`);
export const payCart = (id: string, key: string) =>
  read<Checkout>(`/api/carts/${part(id)}/checkout`, once({}, key));
export const beginCheckout = (basket: Basket, key: string) =>
  read<Checkout>('/api/checkouts', once(basket, key));
export const checkout = (id: string) => read<Checkout>(`/api/checkouts/${part(id)}`);
export const changeCheckout = (id: string, basket: Basket) =>
  read<Checkout>(`/api/checkouts/${part(id)}`, sent('PATCH', basket));
export const pay = (id: string, method: string, total: Price) =>
  read<Checkout>(`/api/checkouts/${part(id)}/complete`, sent('POST', { method, total }));
export const look = (id: string) => read<Checkout>(`/api/checkouts/${part(id)}/look`, sent('POST'));
export const bank = (id: string, passed: boolean) =>
  read<Checkout>(`/api/checkouts/${part(id)}/bank`, sent('POST', { passed }));

export const orders = (after?: string) =>
  read<{ orders: Order[]; next: string | null }>(asking('/api/orders', { after }));
export const order = (id: string) => read<Order>(`/api/orders/${part(id)}`);
export const sendBack = (id: string, units: Record<string, number>, reason: string) =>
  read<Order>(`/api/orders/${part(id)}/returns`, sent('POST', { units, reason }));

// The seller's side.
const of = (id: string) => `/api/shops/${part(id)}`;
export const myShops = () => read<{ shops: Shop[] }>('/api/me/shops').then((found) => found.shops);
export const openShop = (wish: unknown) => read<Shop>('/api/shops', sent('POST', wish));
export const shipTo = (id: string, zones: unknown) => tell('PUT', `${of(id)}/zones`, zones);
export const taxBy = (id: string, taxes: unknown) => tell('PUT', `${of(id)}/taxes`, taxes);
export const productsOf = (id: string, cursor?: string) =>
  read<{ products: Product[]; cursor: string | null }>(asking(`${of(id)}/products`, { cursor }));
export const addProduct = (id: string, wish: unknown) =>
  read<Product>(`${of(id)}/products`, sent('POST', wish));
export const changeProduct = (id: string, wish: unknown) =>
  read<Product>(`/api/products/${part(id)}`, sent('PUT', wish));
export const withdraw = (id: string) => tell('DELETE', `/api/products/${part(id)}`);
export const addPicture = (id: string, file: File, alt: string) =>
  read<{ id: string }>(asking(`${of(id)}/media`, { alt }), {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
export const sales = (id: string) => read<{ orders: Order[] }>(`${of(id)}/orders`).then((found) => found.orders);
export const sendParcel = (id: string, wish: unknown) =>
  read<Order>(`/api/sales/${part(id)}/parcels`, sent('POST', wish));
export const answerReturn = (id: string, back: string, approve: boolean) =>
  read<Order>(`/api/sales/${part(id)}/returns/${part(back)}/answer`, sent('POST', { approve }));
export const receiveReturn = (id: string, back: string) =>
  read<Order>(`/api/sales/${part(id)}/returns/${part(back)}/received`, sent('POST', { shipping: false }));
export const connections = (id: string) =>
  read<{ connections: Connection[] }>(`${of(id)}/connections`).then((found) => found.connections);
export const join = (id: string, wish: unknown) =>
  read<Connection>(`${of(id)}/connections`, sent('POST', wish));
export const hurry = (id: string, connection: string) =>
  read<Connection>(`${of(id)}/connections/${part(connection)}/sync`, sent('POST'));
export const differences = (id: string) =>
  read<{ differences: Difference[] }>(`${of(id)}/differences`).then((found) => found.differences);
export const settle = (id: string, difference: string, side: 'ours' | 'theirs') =>
  tell('POST', `${of(id)}/differences/${part(difference)}`, { side });
export const errands = (id: string) =>
  read<{ errands: Errand[] }>(`${of(id)}/errands`).then((found) => found.errands);
export const retry = (id: string, errand: string) => tell('POST', `${of(id)}/errands/${part(errand)}/retry`);
