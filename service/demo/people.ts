/** Who buys in the demo store. */
import { DEMO_PEOPLE } from '../auth/local-issuer.ts';
import type { Profile } from '../customers/schemas.ts';

export interface DemoPerson {
  /** The subject of their access tokens. */
  readonly id: string;
  readonly profile: Required<Profile>;
}

/** The first is the one whom everybody can be in development. */
export const PEOPLE: readonly DemoPerson[] = [
  {
    id: DEMO_PEOPLE.customer.sub,
    profile: {
      name: 'Ada Berger',
      email: 'ada.berger@example.com',
      address: {
        name: 'Ada Berger',
        line1: 'Lindenstraße 12',
        postalCode: '10969',
        city: 'Berlin',
        country: 'DE',
      },
    },
  },
  {
    id: '00000000-0000-4000-8000-000000000011',
    profile: {
      name: 'Bruno Castel',
      email: 'bruno.castel@example.com',
      address: {
        name: 'Bruno Castel',
        line1: '8 rue des Capucins',
        line2: '3e étage',
        postalCode: '69001',
        city: 'Lyon',
        country: 'FR',
      },
    },
  },
  {
    id: '00000000-0000-4000-8000-000000000012',
    profile: {
      name: 'Clara de Wit',
      email: 'clara.dewit@example.com',
      address: {
        name: 'Clara de Wit',
        line1: 'Oudegracht 245',
        postalCode: '3511 NL',
        city: 'Utrecht',
        country: 'NL',
      },
    },
  },
  {
    id: '00000000-0000-4000-8000-000000000013',
    profile: {
      name: 'Dario Fontana',
      email: 'dario.fontana@example.com',
      address: {
        name: 'Studio Fontana',
        line1: 'Via Garibaldi 31',
        postalCode: '16124',
        city: 'Genova',
        country: 'IT',
      },
    },
  },
  {
    id: '00000000-0000-4000-8000-000000000014',
    profile: {
      name: 'Eva Lindqvist',
      email: 'eva.lindqvist@example.com',
      address: {
        name: 'Eva Lindqvist',
        line1: 'Götgatan 40',
        postalCode: '118 26',
        city: 'Stockholm',
        country: 'SE',
      },
    },
  },
];

/** Who places orders for them; nobody else has this id. */
export const SEEDER = '5eed0000-0000-4000-8000-000000000000';
