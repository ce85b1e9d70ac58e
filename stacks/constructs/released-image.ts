import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import { IMAGE_DIGEST_PARAMETER, NO_IMAGE, PROJECT } from '../../contract.ts';
import type { Place } from '../place.ts';
import { repositoryUrl } from './repository.ts';

/** The image that was released last, or none yet. Releases record its digest; plans only read it. */
export class ReleasedImage extends Construct {
  /** With its digest. Before the first release it names no image, and nothing may run. */
  readonly uri: string;
  private readonly digest: string;

  constructor(scope: Construct, id: string, place: Place) {
    super(scope, id);
    const parameter = new DataAwsSsmParameter(this, 'digest', {
      name: parameterName(place, IMAGE_DIGEST_PARAMETER),
    });
    // `value` would be marked as secret, and hide whole task definitions in plans.
    this.digest = parameter.insecureValue;
    this.uri = `${repositoryUrl(place)}${this.whenReleased(`@${this.digest}`, `:${NO_IMAGE}`)}`;
  }

  /** One value once an image was released, another before. */
  whenReleased<Value extends string | number | boolean>(yes: Value, no: Value): Value {
    const value = Fn.conditional(Op.eq(this.digest, NO_IMAGE), no, yes);
    if (typeof yes === 'number') return Token.asNumber(value) as Value;
    if (typeof yes === 'string') return Token.asString(value) as Value;
    // Booleans have no tokens of their own; the bindings take any.
    return value as Value;
  }
}

/** Name of a parameter that belongs to one environment. */
export function parameterName({ label }: Place, name: string): string {
  return `/${PROJECT}/${label}/${name}`;
}
