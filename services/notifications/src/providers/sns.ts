import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Config } from '@spacedly/kit';
import { type OutgoingMessage, type Provider, ProviderError } from '../delivery/provider.ts';
import { connectionVerdict, httpVerdict } from './verdicts.ts';

const TIMEOUT_MS = 15_000;

interface SnsFailure {
  name?: string;
  message?: string;
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const BAD_NUMBER = new Set([
  'InvalidParameter',
  'InvalidParameterException',
  'OptedOut',
  'OptedOutException',
]);

function verdictOf(error: SnsFailure): ProviderError {
  const status = error.$metadata?.httpStatusCode;
  const text = [status, error.name, error.message].filter((part) => part !== undefined).join(' ');
  if (BAD_NUMBER.has(error.name ?? '')) return new ProviderError('refused', text, { isBadAddress: true });
  if (status === undefined) return connectionVerdict({ message: text, code: error.code });
  // Throttling is told with 400.
  if (/throttl/i.test(error.name ?? '')) return new ProviderError('unavailable', text);
  return httpVerdict(status, text);
}

const attribute = (value: string) => ({ DataType: 'String', StringValue: value });

/** SMS through Amazon SNS. */
export function createSns({ SNS_REGION, SNS_ENDPOINT, SNS_SENDER_ID }: Config): Provider {
  const client = new SNSClient({
    region: SNS_REGION as string,
    ...(SNS_ENDPOINT && { endpoint: SNS_ENDPOINT }),
    // Tries are counted and spread by the deliveries themselves.
    maxAttempts: 1,
    requestHandler: { requestTimeout: TIMEOUT_MS, connectionTimeout: TIMEOUT_MS },
  });
  return {
    name: 'sns',
    channel: 'sms',
    async send({ deliveryId, to, text }: OutgoingMessage) {
      const command = new PublishCommand({
        PhoneNumber: to,
        Message: text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': attribute('Transactional'),
          ...(SNS_SENDER_ID && { 'AWS.SNS.SMS.SenderID': attribute(SNS_SENDER_ID) }),
          deliveryId: attribute(deliveryId),
        },
      });
      try {
        const { MessageId } = await client.send(command);
        return { providerId: MessageId ?? deliveryId };
      } catch (error) {
        throw verdictOf(error as SnsFailure);
      }
    },
    close: () => client.destroy(),
  };
}
