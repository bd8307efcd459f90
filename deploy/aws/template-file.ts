import { headersFor } from '../headers.ts';

/** Headers that CloudFront has fields of its own for; all others go as custom ones. */
const own = [
  'Content-Security-Policy',
  'Strict-Transport-Security',
  'X-Content-Type-Options',
  'Referrer-Policy',
] as const;

/** AWS's managed policy CachingOptimized: as long as Cache-Control says, a day at least only where it says nothing. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const get = (attribute: string): object => ({ 'Fn::GetAtt': attribute.split('.') });
const ref = (name: string): object => ({ Ref: name });
const sub = (text: string): object => ({ 'Fn::Sub': text });
const ifDomain = (then: unknown, otherwise: unknown): object => ({ 'Fn::If': ['HasDomain', then, otherwise] });
const nothing = ref('AWS::NoValue');

/**
 * The CloudFormation template: a bucket that nobody but CloudFront reads, and a distribution that sends the headers of
 * deploy/headers.ts with every answer. Other origins for connect-src are the parameter ConnectTo.
 */
export function awsTemplate(): string {
  return `${JSON.stringify(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description:
        'Ktav: a private bucket, and CloudFront before it. Made from deploy/headers.ts: npx vitest run deploy -u',
      Parameters: {
        Domain: { Type: 'String', Default: '', Description: 'A host name of yours; empty for one of CloudFront' },
        CertificateArn: {
          Type: 'String',
          Default: '',
          Description: 'Its certificate in ACM, in us-east-1; needed where Domain is given',
        },
        ConnectTo: {
          Type: 'String',
          Default: '',
          AllowedPattern: String.raw`^( https?://[A-Za-z0-9.-]+(:[0-9]+)?)*$`,
          Description: 'Other origins that the page may talk to, a space before each',
        },
      },
      Conditions: { HasDomain: { 'Fn::Not': [{ 'Fn::Equals': [ref('Domain'), ''] }] } },
      Resources: { Bucket: bucket, BucketPolicy: bucketPolicy, Access: access, Headers: headers(), Site: site },
      Outputs: {
        Bucket: { Value: ref('Bucket') },
        Distribution: { Value: ref('Site') },
        Address: { Value: sub('https://${Site.DomainName}/') },
      },
    },
    null,
    2,
  )}\n`;
}

const bucket = {
  Type: 'AWS::S3::Bucket',
  // A build may be made anew; what an operator laid there by hand may not.
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    VersioningConfiguration: { Status: 'Enabled' },
  },
};

const bucketPolicy = {
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: ref('Bucket'),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          // Who may not list is told 403 about what is missing, and not 404.
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [get('Bucket.Arn'), sub('${Bucket.Arn}/*')],
          Condition: {
            StringEquals: {
              'AWS:SourceArn': sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Site}'),
            },
          },
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [get('Bucket.Arn'), sub('${Bucket.Arn}/*')],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
};

const access = {
  Type: 'AWS::CloudFront::OriginAccessControl',
  Properties: {
    OriginAccessControlConfig: {
      Name: sub('${AWS::StackName}-site'),
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  },
};

function headers(): object {
  const all = headersFor([]);
  const valueOf = (name: (typeof own)[number]): string => all[name] ?? '';
  const custom = Object.entries(all).filter(([name]) => !own.some((each) => each === name));
  return {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: sub('${AWS::StackName}-headers'),
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: sub(
              valueOf('Content-Security-Policy').replace(/connect-src [^;]*/, '$&${ConnectTo}'),
            ),
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: valueOf('Referrer-Policy'), Override: true },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: Number(/max-age=(\d+)/.exec(valueOf('Strict-Transport-Security'))?.[1]),
            Override: true,
          },
        },
        CustomHeadersConfig: {
          Items: custom.map(([Header, Value]) => ({ Header, Value, Override: true })),
        },
      },
    },
  };
}

const site = {
  Type: 'AWS::CloudFront::Distribution',
  // It takes the empty default of CertificateArn to be used, which HasDomain prevents.
  Metadata: { 'cfn-lint': { config: { ignore_checks: ['W1030'] } } },
  Properties: {
    DistributionConfig: {
      Enabled: true,
      Aliases: ifDomain([ref('Domain')], nothing),
      DefaultRootObject: 'index.html',
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      Origins: [
        {
          Id: 'site',
          DomainName: get('Bucket.RegionalDomainName'),
          OriginAccessControlId: get('Access.Id'),
          S3OriginConfig: { OriginAccessIdentity: '' },
        },
      ],
      DefaultCacheBehavior: {
        TargetOriginId: 'site',
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: ['GET', 'HEAD'],
        Compress: true,
        CachePolicyId: CACHING_OPTIMIZED,
        ResponseHeadersPolicyId: ref('Headers'),
      },
      ViewerCertificate: ifDomain(
        {
          AcmCertificateArn: ref('CertificateArn'),
          SslSupportMethod: 'sni-only',
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
        { CloudFrontDefaultCertificate: true },
      ),
    },
  },
};
